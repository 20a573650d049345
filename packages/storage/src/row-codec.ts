import { isObject, type JsonObject } from '@runnel/protocol/json'
import { fromJson, toJson } from './json.ts'

/** `createdAt` becomes `created_at`. */
export type SnakeCase<Name extends string> = Name extends `${infer Head}${infer Tail}`
  ? `${Head extends Lowercase<Head> ? Head : `_${Lowercase<Head>}`}${SnakeCase<Tail>}`
  : ''

type Stored<Value> = Value extends string | number | null ? Value : Value extends boolean ? number : string

/** The columns of a table that stores such records: snake case, flags as 0 and 1, structures as JSON text. */
export type Columns<Item> = {
  [Key in keyof Item & string as SnakeCase<Key>]: Stored<Item[Key]>
}

type KindOf<Value> = [Value] extends [boolean] ? 'flag' : [Value] extends [string | number | null] ? 'plain' : 'json'

/** How each field of a record is stored. */
export type Kinds<Item> = { readonly [Key in keyof Item & string]: KindOf<Item[Key]> }

export interface RowCodec<Item> {
  /** The column names, in the order of `values`. */
  readonly columns: readonly (keyof Columns<Item> & string)[]
  /** All values of one record, ready to bind. */
  values(item: Item): (string | number | null)[]
  /** A row, or the part of it that the given fields make. */
  encode(item: Item): Columns<Item>
  encodePart(part: Partial<Item>): Partial<Columns<Item>>
  decode(row: Readonly<Record<string, unknown>>, prefix?: string): Item
}

/**
 * Translates between records and rows; made from one declaration of what each field is. Structures of `usual` are
 * stored without the entries that are as they are there, and read with them.
 */
export function createRowCodec<Item extends object>(kinds: Kinds<Item>, usual: Partial<Item> = {}): RowCodec<Item> {
  const fields = Object.entries(kinds).map(([key, kind]) => ({
    key,
    kind: kind as Kind,
    column: snakeCase(key),
    usual: (usual as Readonly<Record<string, object | undefined>>)[key],
  }))
  const encodePart = (part: Partial<Item>) => {
    const row: Record<string, unknown> = {}
    for (const { key, kind, column, usual } of fields) {
      const value = (part as Readonly<Record<string, unknown>>)[key]
      if (value !== undefined) row[column] = encodeValue(kind, value, usual)
    }
    return row
  }
  // The casts tie what was computed from `kinds` to the types computed from `Item`.
  return {
    columns: fields.map((field) => field.column) as (keyof Columns<Item> & string)[],
    // A plain loop: every run binds some ninety values.
    values(item) {
      const values = new Array<string | number | null>(fields.length)
      let at = 0
      for (const { key, kind, usual } of fields) {
        const value = (item as Readonly<Record<string, unknown>>)[key]
        values[at++] = kind === 'plain' ? ((value ?? null) as string | number | null) : encodeValue(kind, value, usual)
      }
      return values
    },
    encode: (item) => encodePart(item) as Columns<Item>,
    encodePart: (part) => encodePart(part) as Partial<Columns<Item>>,
    decode(row, prefix = '') {
      const item: Record<string, unknown> = {}
      for (const { key, kind, column, usual } of fields) item[key] = decodeValue(kind, row[prefix + column], usual)
      return item as Item
    },
  }
}

type Kind = 'plain' | 'flag' | 'json'

function encodeValue(kind: Kind, value: unknown, usual?: object): string | number | null {
  if (value === null || value === undefined) return null
  if (kind === 'flag') return value ? 1 : 0
  if (kind === 'plain') return value as string | number
  return toJson(usual && isObject(value) ? unusualOf(value, usual) : value)
}

function decodeValue(kind: Kind, value: unknown, usual?: object): unknown {
  if (value === null || value === undefined) return null
  if (kind === 'flag') return value === 1
  if (kind === 'plain') return value
  const read = fromJson(value as string)
  return usual && isObject(read) ? { ...usual, ...read } : read
}

/** The entries that differ. What is no plain value counts as equal only when it is the very same. */
function unusualOf(value: JsonObject, usual: object): JsonObject {
  if (value === usual) return {}
  const unusual: [key: string, entry: unknown][] = []
  for (const key in value) if (value[key] !== Reflect.get(usual, key)) unusual.push([key, value[key]])
  return Object.fromEntries(unusual)
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
