import type { SQLInputValue } from 'node:sqlite'
import type { Subquery } from './vector-index.ts'
import type { ChunkFilter } from './vector-records.ts'

/** The chunks of a collection that fit a filter, as a subquery of their numbers; undefined for a filter of nothing. */
export function filterSubquery(collection: bigint, filter: ChunkFilter | undefined): Subquery | undefined {
  const entries = Object.entries(filter ?? {})
  if (entries.length === 0) return undefined
  const values: SQLInputValue[] = [collection]
  const conditions = entries.map(([name, wanted]) => {
    const any = Array.isArray(wanted) ? wanted : [wanted]
    values.push(pathTo(name), ...any.map(comparable))
    return `cast(json_extract(metadata, ?) as text) in (${any.map(() => '?').join(', ')})`
  })
  return { sql: `select id from chunk where collection_id = ? and ${conditions.join(' and ')}`, values }
}

const pathTo = (name: string): string => `$."${name.replaceAll('"', '')}"`

/** As SQLite shows what a JSON document holds, as text. */
function comparable(value: unknown): string {
  if (typeof value === 'boolean') return value ? '1' : '0'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Words to look for, any of them, as the full-text index reads them; '' when there is none. */
export function wordsQuery(text: string): string {
  const words = new Set(text.match(/[\p{L}\p{N}]+/gu) ?? [])
  return Array.from(words, (word) => `"${word}"`).join(' OR ')
}
