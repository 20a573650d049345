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

/** Translates between records and rows; made from one declaration of what each field is. */
export function createRowCodec<Item extends object>(kinds: Kinds<Item>): RowCodec<Item> {
  const fields = Object.entries(kinds).map(([key, kind]) => ({ key, kind: kind as Kind, column: snakeCase(key) }))
  const encodePart = (part: Partial<Item>) => {
    const row: Record<string, unknown> = {}
    for (const { key, kind, column } of fields) {
      const value = (part as Readonly<Record<string, unknown>>)[key]
      if (value !== undefined) row[column] = encodeValue(kind, value)
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
      for (const { key, kind } of fields) {
        const value = (item as Readonly<Record<string, unknown>>)[key]
        values[at++] = kind === 'plain' ? ((value ?? null) as string | number | null) : encodeValue(kind, value)
      }
      return values
    },
    encode: (item) => encodePart(item) as Columns<Item>,
    encodePart: (part) => encodePart(part) as Partial<Columns<Item>>,
    decode(row, prefix = '') {
      const item: Record<string, unknown> = {}
      for (const { key, kind, column } of fields) item[key] = decodeValue(kind, row[prefix + column])
      return item as Item
    },
  }
}

type Kind = 'plain' | 'flag' | 'json'

function encodeValue(kind: Kind, value: unknown): string | number | null {
  if (value === null || value === undefined) return null
  if (kind === 'flag') return value ? 1 : 0
  return kind === 'json' ? toJson(value) : (value as string | number)
}

function decodeValue(kind: Kind, value: unknown): unknown {
  if (value === null || value === undefined) return null
  if (kind === 'flag') return value === 1
  return kind === 'json' ? fromJson(value as string) : value
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
