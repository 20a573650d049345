import { z } from 'zod'

const HYPHENATED = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const SIMPLE = /^[0-9a-f]{32}$/
const GROUPS = [8, 4, 4, 4, 12] as const

/** The lower-case hyphenated form of a UUID in any standard form, or what is wrong with it. */
export function parseUuid(text: string): { readonly id: string } | { readonly error: string } {
  const bare = text.toLowerCase().replace(/^urn:uuid:/, '')
  const inner = bare.startsWith('{') && bare.endsWith('}') ? bare.slice(1, -1) : bare
  if (HYPHENATED.test(inner)) return { id: inner }
  if (SIMPLE.test(inner)) return { id: inner.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') }
  return { error: whyNotUuid(text) }
}

function whyNotUuid(text: string): string {
  const at = Array.from(text).findIndex((letter) => !/[0-9a-fA-F-]/.test(letter))
  if (at >= 0) {
    const found = Array.from(text)[at]
    return `invalid character: expected an optional prefix of \`urn:uuid:\` followed by [0-9a-fA-F-], found \`${found}\` at ${at + 1}`
  }
  const groups = text.split('-')
  if (groups.length === 1) return `invalid length: expected length 32 for simple format, found ${text.length}`
  if (groups.length !== 5) return `invalid group count: expected 5, found ${groups.length}`
  const wrong = groups.findIndex((group, index) => group.length !== GROUPS[index])
  return `invalid group length in group ${wrong}: expected ${GROUPS[wrong]}, found ${groups[wrong]?.length}`
}

/** A UUID in any standard form; parsed to its lower-case hyphenated form. */
export const Uuid = z
  .string()
  .transform((text, context) => {
    const parsed = parseUuid(text)
    if ('id' in parsed) return parsed.id
    context.addIssue({
      code: 'custom',
      message: `Input should be a valid UUID, ${parsed.error}`,
      params: { type: 'uuid_parsing', context: { error: parsed.error } },
    })
    return z.NEVER
  })
  .meta({ wire: { type: 'string', format: 'uuid' } })

/** A reference that may be left out: absent, null and the empty string all mean none. */
export const OptionalUuid = z
  .preprocess((value) => (value === '' ? null : value), Uuid.nullish())
  .meta({ wire: { anyOf: [{ type: 'string', format: 'uuid' }, { type: 'null' }] } })
