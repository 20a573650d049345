import type { ToolRow } from './tool-rows.ts'

/** What an argument of a tool takes, as its schema says; text where it does not. */
export type ArgumentType = 'string' | 'integer' | 'number' | 'boolean' | 'json'

const TYPES: Readonly<Record<string, ArgumentType>> = {
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  array: 'json',
  object: 'json',
}

export function argumentType(facts: unknown): ArgumentType {
  const type: unknown = typeof facts === 'object' && facts !== null ? Reflect.get(facts, 'type') : undefined
  return (typeof type === 'string' && TYPES[type]) || 'string'
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The arguments of a tool the flow decides, by name. */
export const fixedOf = ({ fixed }: ToolRow): Readonly<Record<string, unknown>> => (isRecord(fixed) ? fixed : {})

/** A value as it is written in a line of text. */
export const fixedText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

/** What a line of text means to an argument; undefined when it is nothing the argument takes. */
export function fixedValue(type: ArgumentType, text: string): unknown {
  if (type === 'string') return text
  const trimmed = text.trim()
  if (type === 'boolean') return trimmed === 'true' ? true : trimmed === 'false' ? false : undefined
  if (type === 'json') return parsed(trimmed)
  const number = trimmed === '' ? Number.NaN : Number(trimmed)
  const fits = type === 'integer' ? Number.isSafeInteger(number) : Number.isFinite(number)
  return fits ? number : undefined
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

/** The value an argument has before somebody writes one. */
export const firstValue = (type: ArgumentType): unknown =>
  ({ string: '', integer: 0, number: 0, boolean: true, json: [] })[type]

/** The row with an argument fixed, or left to the model with `undefined`. */
export function withFixed(row: ToolRow, name: string, value: unknown): ToolRow {
  const { [name]: _, ...others } = fixedOf(row)
  const { fixed: __, ...rest } = row
  const fixed = value === undefined ? others : { ...others, [name]: value }
  return {
    ...rest,
    name: row.name,
    description: row.description,
    tags: row.tags,
    ...(Object.keys(fixed).length > 0 && { fixed }),
  }
}
