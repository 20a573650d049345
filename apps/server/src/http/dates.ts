/** The forms times take on the wire. All take epoch milliseconds. */

/** `2025-05-08T17:59:07.855000`, UTC without saying so. */
export const isoMicroseconds = (time: number): string => new Date(time).toISOString().replace('Z', '000')

/** `2025-02-04T21:07:36+00:00` */
export const isoSeconds = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}+00:00`

/** `20250204_210736`, in the server's own time zone: the beginning of a download's name. */
export function fileStamp(time: number): string {
  const date = new Date(time)
  const two = (number: number) => String(number).padStart(2, '0')
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(two).join('')
  return `${day}_${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join('')}`
}

/** Reads ISO 8601 with or without a zone, with `T` or a blank, and the `… UTC` form; without a zone it is UTC. */
export function parseDate(text: string): number | undefined {
  const iso = text.trim().replace(' UTC', 'Z').replace(' ', 'T')
  const time = Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(iso) || !iso.includes('T') ? iso : `${iso}Z`)
  return Number.isNaN(time) ? undefined : time
}
