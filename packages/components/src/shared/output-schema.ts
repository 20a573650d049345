import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import { field } from '@runnel/sdk'

const TYPES = ['str', 'int', 'float', 'bool', 'dict'] as const

/** A field whose rows say what records an answer is made of. */
export const outputSchemaField = (options: {
  readonly info: string
  readonly advanced?: boolean
  readonly required?: boolean
  readonly default?: readonly JsonObject[]
}) =>
  field.table({
    label: 'Output Schema',
    ...options,
    columns: [
      column('name', 'Name', 'str', 'The name of the entry.', 'field'),
      {
        ...column('description', 'Description', 'str', 'What it holds.', 'description of field'),
        edit_mode: 'popover',
      },
      { ...column('type', 'Type', 'str', 'The type of its value.', 'str'), options: TYPES },
      column('multiple', 'As List', 'boolean', 'A list of such values.', 'False'),
    ],
  })

const column = (name: string, display_name: string, type: string, description: string, fallback: string) => ({
  name,
  display_name,
  type,
  description,
  default: fallback,
  edit_mode: 'inline',
  formatter: 'text',
})

/** What is said to the model of any schema, unless the node says something else. */
export const EXTRACTION_INSTRUCTIONS =
  'You turn text into JSON records of a given form. Find every record the text holds and give them all, each once. ' +
  'Keep to the names and types of the form. Use null for what the text does not say; do not invent values. ' +
  'Answer with valid JSON and nothing else.'

/** What flows of Langflow 1.4 to 1.6 call some of the types. */
const OLDER_NAMES: Readonly<Record<string, RecordEntry['type']>> = { text: 'str', number: 'float', boolean: 'bool' }

export interface RecordEntry {
  readonly name: string
  readonly description: string
  readonly type: (typeof TYPES)[number] | 'list'
  readonly isList: boolean
}

/**
 * The rows of an output schema.
 * @throws AppError `invalid_field` for a row without a name or of a type that is none.
 */
export function recordEntries(rows: readonly JsonObject[]): readonly RecordEntry[] {
  return rows.map(({ name, description, type, multiple }) => {
    if (typeof name !== 'string' || name.trim() === '') throw invalid('A row of the output schema has no name.')
    const given = String(type || 'str')
    const known = [...TYPES, 'list' as const].find((one) => one === (OLDER_NAMES[given] ?? given))
    if (!known) throw invalid(`Invalid type: ${given}. Use one of ${TYPES.join(', ')}.`)
    return {
      name: name.trim(),
      description: typeof description === 'string' ? description : '',
      type: known,
      isList: multiple === true || /^(true|1|t|y|yes)$/i.test(String(multiple)),
    }
  })
}

const invalid = (why: string) => new AppError('invalid_field', [why])

const JSON_TYPES: Readonly<Record<RecordEntry['type'], JsonObject>> = {
  str: { type: 'string' },
  int: { type: 'integer' },
  float: { type: 'number' },
  bool: { type: 'boolean' },
  dict: { additionalProperties: true, type: 'object' },
  list: { items: {}, type: 'array' },
}

interface SchemaOptions {
  /** No entries but those of the schema: what providers ask of a schema that binds. */
  readonly closed?: boolean
  readonly name?: string
}

/** The JSON Schema of `{objects: [record, …]}`, in the words Langflow sends. */
export function recordsSchema(
  entries: readonly RecordEntry[],
  { closed = false, name = 'OutputModel' }: SchemaOptions = {},
): JsonObject {
  const end = closed ? { additionalProperties: false } : {}
  const properties = entries.map(({ name: entry, description, type, isList }) => {
    const { type: jsonType, ...more } = isList ? { items: JSON_TYPES[type], type: 'array' } : { ...JSON_TYPES[type] }
    return [entry, { description, ...more, title: titleOf(entry), type: jsonType }] as const
  })
  return {
    $defs: {
      [name]: {
        properties: Object.fromEntries(properties),
        required: entries.map((entry) => entry.name),
        title: name,
        type: 'object',
        ...end,
      },
    },
    description: 'A list of extracted records.',
    properties: {
      objects: {
        description: 'Every record that matches the schema.',
        items: { $ref: `#/$defs/${name}` },
        minItems: 1,
        title: 'Objects',
        type: 'array',
      },
    },
    required: ['objects'],
    title: name,
    type: 'object',
    ...end,
  }
}

/** Python's title case: `NET_INCOME` is `Net Income`. */
const titleOf = (name: string) =>
  name.replaceAll('_', ' ').replace(/\p{L}+/gu, (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())

export type CheckedRecord = { readonly record: JsonObject } | { readonly problem: string }

/** A record with values of the wanted types and nothing else, or what is wrong with it. */
export function checkRecord(value: unknown, entries: readonly RecordEntry[]): CheckedRecord {
  if (!isObject(value)) return { problem: 'It is no object.' }
  const problems: string[] = []
  const record: Record<string, unknown> = {}
  for (const { name, type, isList } of entries) {
    if (!Object.hasOwn(value, name)) {
      problems.push(`${name}: it is missing`)
      continue
    }
    const given = value[name]
    const items = isList ? given : [given]
    const converted = Array.isArray(items) ? items.map((item) => convert(item, type)) : [undefined]
    if (converted.includes(undefined)) problems.push(`${name}: it is no ${isList ? 'list of ' : ''}${type}`)
    else record[name] = isList ? converted : converted[0]
  }
  return problems.length > 0 ? { problem: `${problems.join('; ')}.` } : { record }
}

/** The value as that type, where nothing is lost; else undefined. */
function convert(value: unknown, type: RecordEntry['type']): unknown {
  switch (type) {
    case 'str':
      return typeof value === 'string' ? value : undefined
    case 'int':
    case 'float': {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
      const fits = typeof number === 'number' && (type === 'int' ? Number.isInteger(number) : Number.isFinite(number))
      return fits ? number : undefined
    }
    case 'bool': {
      if (typeof value === 'boolean') return value
      const text = String(value).toLowerCase()
      return /^(true|1|yes|on)$/.test(text) ? true : /^(false|0|no|off)$/.test(text) ? false : undefined
    }
    case 'dict':
      return isObject(value) ? value : undefined
    case 'list':
      return Array.isArray(value) ? value : undefined
    default:
      return type satisfies never
  }
}

/** Brackets looked at in one text: each costs a pass over the rest of it. */
const MAX_TRIES = 100

/** The first JSON object or list in a text that may say more, as models do; undefined when there is none. */
export function jsonIn(text: string): unknown {
  const whole = parsed(text.trim())
  if (whole !== undefined) return whole
  let start = text.search(/[[{]/)
  for (let tries = 0; start !== -1 && tries < MAX_TRIES; tries++) {
    const end = endOfJson(text, start)
    const value = end === -1 ? undefined : parsed(text.slice(start, end))
    if (value !== undefined) return value
    const next = text.slice(start + 1).search(/[[{]/)
    start = next === -1 ? -1 : start + 1 + next
  }
  return undefined
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

/** Where what opens at `start` is closed, strings skipped; -1 when it is not. */
function endOfJson(text: string, start: number): number {
  const token = /"(?:[^"\\]|\\.)*"|[[\]{}]/gs
  token.lastIndex = start
  let depth = 0
  for (let match = token.exec(text); match; match = token.exec(text)) {
    if (match[0] === '{' || match[0] === '[') depth++
    else if (match[0] === '}' || match[0] === ']') depth--
    if (depth === 0) return token.lastIndex
  }
  return -1
}

/** The records of an answer: the list in its `objects`, its items when it is a list, else itself. */
export function recordsOf(answer: unknown): readonly unknown[] {
  if (Array.isArray(answer)) return answer
  if (isObject(answer) && Array.isArray(answer.objects)) return answer.objects
  return [answer]
}
