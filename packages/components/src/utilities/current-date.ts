import { defineComponent, field, message } from '@runnel/sdk'

/** Those offered; any other the system knows can be typed. */
const ZONES = (
  'UTC Africa/Cairo Africa/Johannesburg Africa/Lagos Africa/Nairobi America/Anchorage ' +
  'America/Argentina/Buenos_Aires America/Bogota America/Chicago America/Denver America/Halifax America/Lima ' +
  'America/Los_Angeles America/Mexico_City America/New_York America/Phoenix America/Santiago America/Sao_Paulo ' +
  'America/St_Johns America/Toronto Asia/Bangkok Asia/Dhaka Asia/Dubai Asia/Ho_Chi_Minh Asia/Hong_Kong ' +
  'Asia/Jakarta Asia/Jerusalem Asia/Karachi Asia/Kathmandu Asia/Kolkata Asia/Manila Asia/Riyadh Asia/Seoul ' +
  'Asia/Shanghai Asia/Singapore Asia/Taipei Asia/Tehran Asia/Tokyo Atlantic/Reykjavik Australia/Adelaide ' +
  'Australia/Brisbane Australia/Perth Australia/Sydney Europe/Athens Europe/Berlin Europe/Istanbul Europe/Kyiv ' +
  'Europe/Lisbon Europe/London Europe/Madrid Europe/Moscow Europe/Paris Europe/Rome Europe/Stockholm ' +
  'Europe/Zurich Pacific/Auckland Pacific/Honolulu'
).split(' ')

export const currentDate = defineComponent({
  type: 'CurrentDate',
  aliases: ['CurrentDateComponent'],
  displayName: 'Current Date',
  // Agents are told this of the tool, in these words in Langflow as well.
  description: 'Returns the current date and time in the selected timezone.',
  icon: 'clock',
  category: 'utilities',
  documentation: 'https://docs.langflow.org/current-date',
  inputs: {
    timezone: field.dropdown({
      label: 'Timezone',
      info: 'The name of a time zone, such as Europe/Rome.',
      options: ZONES,
      default: 'UTC',
      free: true,
      tool: true,
    }),
  },
  outputs: {
    current_date: {
      type: 'Message',
      label: 'Current Date',
      method: 'get_current_date',
      run({ inputs, context }) {
        const text = dateIn(inputs.timezone)
        context.setStatus(text)
        return message(text)
      },
    },
  },
})

/** The date and time now, or what is wrong with the zone: an agent reads it and tries again, so nothing is thrown. */
export function dateIn(timezone: string, now: Date = new Date()): string {
  const zone = timezone.trim() || 'UTC'
  try {
    const parts = partsOf(now, zone)
    const { year, month, day, hour, minute, second } = parts
    return `Current date and time in ${zone}: ${year}-${month}-${day} ${hour}:${minute}:${second} ${abbreviation(now, zone)}`
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return `Error: ${zone} is no time zone. Give a name such as Europe/Rome, or UTC.`
  }
}

function partsOf(now: Date, timeZone: string): Readonly<Record<string, string>> {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  return Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]))
}

/** Each knows the abbreviations its country uses. */
const LOCALES = ['en-US', 'en-GB', 'en-AU', 'en-IN', 'en-ZA', 'en-NZ']
const ELSEWHERE: Readonly<Record<string, string>> = {
  'Asia/Tokyo': 'JST',
  'Asia/Seoul': 'KST',
  'Asia/Shanghai': 'CST',
  'Asia/Hong_Kong': 'HKT',
}

/** `CET`, `EDT`; the difference to UTC, `+03`, where no abbreviation is in use. */
function abbreviation(now: Date, timeZone: string): string {
  const known = ELSEWHERE[timeZone]
  if (known) return known
  const shown = LOCALES.map((locale) => shortName(now, timeZone, locale))
  const name = shown.find((text) => /^[A-Z]{2,5}$/.test(text))
  if (name) return name
  const [, sign = '+', hours = '0', minutes = ''] = /([+−-])(\d+)(?::(\d+))?/.exec(shown[0] ?? '') ?? []
  return `${sign === '+' ? '+' : '-'}${hours.padStart(2, '0')}${minutes}`
}

function shortName(now: Date, timeZone: string, locale: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'short' }).formatToParts(now)
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
}
