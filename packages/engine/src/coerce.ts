import { isObject } from '@runnel/protocol/json'
import {
  type Coercion,
  type Data,
  data,
  dataFrame,
  isData,
  isDataFrame,
  isEmbeddings,
  isLanguageModel,
  isMessage,
  isTool,
  isVectorStore,
  message,
  textOfData,
} from '@runnel/sdk'

/** A value that does not fit a field; the message names the field. */
export class CoercionError extends Error {
  override readonly name = 'CoercionError'
}

/**
 * Turns a literal or an edge's value into what the component gets for a field of this kind.
 * Null stands for nothing and stays so.
 * @throws CoercionError when the value does not fit.
 */
export function coerce(coercion: Coercion, value: unknown, fieldName: string): unknown {
  if (value === null || value === undefined) return undefined
  return coercions[coercion](value, fieldName)
}

const coercions: Readonly<Record<Coercion, (value: unknown, name: string) => unknown>> = {
  any: (value) => value,
  model: (value) => value,
  tab: toOption,
  text: toText,
  message: toMessage,
  int: toInt,
  float: toFloat,
  bool: toBool,
  choices: toChoices,
  object: toObject,
  table: toRows,
  data: toDataValue,
  dataframe: (value, name) => (isDataFrame(value) ? value : dataFrame(toRows(value, name))),
  file: (value) => (Array.isArray(value) ? value.flatMap(pathOf) : pathOf(value)),
}

function toText(value: unknown, name: string): string {
  if (typeof value === 'string') return value
  if (isMessage(value)) return value.text
  if (isData(value)) {
    if (!Object.hasOwn(value.data, value.text_key)) {
      const keys = Object.keys(value.data).join(', ') || 'none'
      throw new CoercionError(`The Data for input ${name} has no key "${value.text_key}". Available keys: ${keys}.`)
    }
    return textOfData(value)
  }
  if (isObject(value) && typeof value.text === 'string') return value.text
  throw wrongType(value, name)
}

function toMessage(value: unknown, name: string): unknown {
  if (isMessage(value)) return value
  if (typeof value === 'string') return value === '' ? undefined : message(value)
  if (isData(value)) return message(textOfData(value))
  if (isObject(value) && typeof value.text === 'string') return message(value.text)
  throw wrongType(value, name)
}

function toInt(value: unknown, name: string): unknown {
  const plain = isMessage(value) || isData(value) ? toText(value, name) : value
  if (plain === '') return undefined
  if (typeof plain === 'number') return Math.trunc(plain)
  const parsed = typeof plain === 'string' ? Number(plain) : Number.NaN
  if (Number.isFinite(parsed)) return Math.trunc(parsed)
  throw new CoercionError(`Could not convert '${shown(plain)}' to integer for input ${name}.`)
}

function toFloat(value: unknown, name: string): unknown {
  const plain = isMessage(value) || isData(value) ? toText(value, name) : value
  if (plain === '') return undefined
  const parsed = typeof plain === 'number' ? plain : typeof plain === 'string' ? Number(plain) : Number.NaN
  if (!Number.isNaN(parsed)) return parsed
  throw wrongType(value, name)
}

const TRUE = new Set(['True', 'true', '1', 'yes'])
const FALSE = new Set(['False', 'false', '0', 'no'])

function toBool(value: unknown, name: string): boolean {
  if (typeof value === 'boolean') return value
  const text = String(isMessage(value) ? value.text : value)
  if (TRUE.has(text)) return true
  if (FALSE.has(text)) return false
  throw new CoercionError(`Value must be a boolean for input ${name}: true or false.`)
}

function toOption(value: unknown, name: string): unknown {
  if (typeof value === 'string') return value
  if (isMessage(value)) return value.text
  throw wrongType(value, name)
}

function toChoices(value: unknown, name: string): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value]
  if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) return value
  throw wrongType(value, name)
}

function toObject(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (isData(value)) return value.data
  if (isMessage(value)) return parsedObject(value.text, name)
  if (typeof value === 'string') return value.trim() === '' ? {} : parsedObject(value, name)
  if (Array.isArray(value)) return mergedRows(value, name)
  if (isObject(value)) return value
  throw wrongType(value, name)
}

function parsedObject(text: string, name: string): Readonly<Record<string, unknown>> {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw new CoercionError(`Could not parse JSON string for input ${name}. Give a JSON object.`)
  }
  if (isObject(parsed)) return parsed
  throw new CoercionError(`Expected a JSON object for input ${name}.`)
}

/** `[{key, value}, …]` and lists of objects become one object; later entries win. */
function mergedRows(rows: readonly unknown[], name: string): Readonly<Record<string, unknown>> {
  const entries = rows.flatMap((row) => {
    if (isData(row)) return Object.entries(row.data)
    if (!isObject(row)) throw wrongType(rows, name)
    return Object.hasOwn(row, 'key') && Object.hasOwn(row, 'value')
      ? [[String(row.key), row.value] as const]
      : Object.entries(row)
  })
  return Object.fromEntries(entries)
}

function toRows(value: unknown, name: string): readonly Readonly<Record<string, unknown>>[] {
  if (isDataFrame(value)) return value.rows
  if (isData(value)) return [value.data]
  if (isMessage(value)) return [{ text: value.text }]
  if (value === '') return []
  if (Array.isArray(value)) return value.flatMap((entry) => toRows(entry, name))
  if (isObject(value)) return [value]
  throw new CoercionError(`Invalid value type ${typeName(value)} for table field ${name}.`)
}

function toDataValue(value: unknown, name: string): Data {
  if (isData(value)) return value
  if (isMessage(value)) return data({ text: value.text })
  if (isObject(value) && !isOpaque(value)) return data(value)
  if (typeof value === 'string') return data({ text: value })
  throw wrongType(value, name)
}

/** Passed by reference only: no JSON object. */
const isOpaque = (value: unknown) =>
  isDataFrame(value) || isLanguageModel(value) || isEmbeddings(value) || isTool(value) || isVectorStore(value)

function pathOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value]
  return isObject(value) && typeof value.path === 'string' ? [value.path] : []
}

function wrongType(value: unknown, name: string): CoercionError {
  return new CoercionError(`Invalid value type ${typeName(value)} for input ${name}.`)
}

function typeName(value: unknown): string {
  if (isMessage(value)) return 'Message'
  if (isData(value)) return 'Data'
  if (isDataFrame(value)) return 'DataFrame'
  return Array.isArray(value) ? 'list' : typeof value
}

const shown = (value: unknown) => String(typeof value === 'object' ? JSON.stringify(value) : value).slice(0, 100)
