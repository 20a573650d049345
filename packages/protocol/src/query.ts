import { z } from 'zod'

const TRUE = new Set(['true', '1', 'yes', 'on', 't', 'y'])
const FALSE = new Set(['false', '0', 'no', 'off', 'f', 'n'])

/** A query flag that may be absent: `true/false`, `1/0`, `yes/no`, `on/off`, `t/f`, `y/n`, in any case. */
export const QueryFlag = z
  .union([z.boolean(), z.string()])
  .transform((value, context) => {
    if (typeof value === 'boolean') return value
    const word = value.toLowerCase()
    if (TRUE.has(word)) return true
    if (FALSE.has(word)) return false
    context.addIssue({
      code: 'custom',
      message: 'Input should be a valid boolean, unable to interpret input',
      params: { type: 'bool_parsing' },
    })
    return z.NEVER
  })
  .meta({ wire: { type: 'boolean' } })

/** A query flag with what it is when it is absent. */
export const queryBoolean = (fallback: boolean) =>
  QueryFlag.default(fallback).meta({ wire: { type: 'boolean', default: fallback } })

interface IntegerOptions {
  readonly min?: number
  readonly max?: number
}

/** A whole number in the query; undefined when it is absent. */
export const queryInteger = ({ min, max }: IntegerOptions = {}) =>
  z
    .union([z.number(), z.string()])
    .transform((value, context) => {
      const number =
        typeof value === 'number' ? value : /^\s*[+-]?\d{1,15}\s*$/.test(value) ? Number(value) : Number.NaN
      const refuse = (type: string, message: string, details?: Readonly<Record<string, unknown>>) => {
        context.addIssue({ code: 'custom', message, params: { type, context: details } })
        return z.NEVER
      }
      if (!Number.isSafeInteger(number)) {
        return refuse('int_parsing', 'Input should be a valid integer, unable to parse string as an integer')
      }
      if (min !== undefined && number < min) {
        return refuse('greater_than_equal', `Input should be greater than or equal to ${min}`, { ge: min })
      }
      if (max !== undefined && number > max) {
        return refuse('less_than_equal', `Input should be less than or equal to ${max}`, { le: max })
      }
      return number
    })
    .meta({
      wire: { type: 'integer', ...(min !== undefined && { minimum: min }), ...(max !== undefined && { maximum: max }) },
    })

/** `page` from 1; the web app sends 0 in one place, which is taken as 1. */
export const PageNumber = queryInteger({ min: 0 }).transform((page) => Math.max(1, page))
export const PageSize = queryInteger({ min: 1, max: 100 })

/** The answer of lists that page. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    total: z.number().int(),
    page: z.number().int(),
    size: z.number().int(),
    pages: z.number().int(),
  })

/** `pages` is 0 for an empty list; a page past the end has no items but true totals. */
export function toPage<Item>(items: readonly Item[], { total, page, size }: Omit<PageOf<Item>, 'items' | 'pages'>) {
  return { items, total, page, size, pages: Math.ceil(total / size) }
}

interface PageOf<Item> {
  readonly items: readonly Item[]
  readonly total: number
  readonly page: number
  readonly size: number
  readonly pages: number
}

/** A moment in the query, as ISO 8601; parsed to epoch milliseconds. Without a zone it is UTC. */
export const Moment = z
  .string()
  .transform((text, context) => {
    const time = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) || !text.includes('T') ? text : `${text}Z`)
    if (Number.isFinite(time)) return time
    context.addIssue({
      code: 'custom',
      message: 'Input should be a date and time',
      params: { type: 'datetime_parsing' },
    })
    return z.NEVER
  })
  .meta({ wire: { type: 'string', format: 'date-time' } })
