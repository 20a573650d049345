import { isObject, type JsonObject } from '@runnel/protocol/json'
import { objectsIn, textIn } from './ask-service.ts'

/** A column as the schema of an answer describes it. */
export interface BigQueryColumn {
  readonly name: string
  /** `INTEGER`, `RECORD` and so on. */
  readonly type: string
  readonly isList: boolean
  /** Those of a record. */
  readonly columns: readonly BigQueryColumn[]
}

export const columnsOf = (schema: unknown): readonly BigQueryColumn[] =>
  objectsIn(isObject(schema) ? schema.fields : undefined).map((field) => ({
    name: textIn(field.name),
    type: textIn(field.type).toUpperCase(),
    isList: field.mode === 'REPEATED',
    columns: columnsOf(field),
  }))

/** A row, which comes as `{ f: [{ v }] }` with all values as texts, under the names of its columns. */
export function rowOf(row: JsonObject, columns: readonly BigQueryColumn[]): JsonObject {
  const cells = objectsIn(row.f)
  return Object.fromEntries(columns.map((column, at) => [column.name, cellOf(cells[at]?.v, column)]))
}

function cellOf(value: unknown, column: BigQueryColumn): unknown {
  if (value === null || value === undefined) return null
  if (column.isList && Array.isArray(value)) {
    return value.map((item: unknown) => cellOf(isObject(item) ? item.v : item, { ...column, isList: false }))
  }
  if (isObject(value)) return rowOf(value, column.columns)
  const text = String(value)
  switch (column.type) {
    case 'INTEGER':
    case 'INT64':
      return Number.isSafeInteger(Number(text)) ? Number(text) : text
    case 'FLOAT':
    case 'FLOAT64':
    case 'NUMERIC':
      return Number.isFinite(Number(text)) ? Number(text) : text
    case 'BOOLEAN':
    case 'BOOL':
      return text === 'true'
    case 'TIMESTAMP':
      return new Date(Number(text) * 1000).toISOString()
    case 'JSON':
      return jsonIn(text)
    default:
      return text
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text // What is no JSON is given as it came.
  }
}
