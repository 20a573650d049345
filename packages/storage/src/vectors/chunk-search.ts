import type { SQLInputValue } from 'node:sqlite'
import { filterSubquery, wordsQuery } from './chunk-filter.ts'
import { merged, type Ranked } from './merged-ranks.ts'
import type { createPreparer } from './prepared-statements.ts'
import type { VectorIndex } from './vector-index.ts'
import type {
  ChunkFilter,
  ChunkPage,
  ChunkQuery,
  ChunkRecord,
  ChunkSource,
  CollectionRecord,
  FoundChunk,
} from './vector-records.ts'
import { checkLength } from './vector-refusal.ts'
import { chunkIn } from './vector-rows.ts'

export interface ChunkSearchOptions {
  readonly prepared: ReturnType<typeof createPreparer>
  readonly index: VectorIndex
  /** @throws VectorRefusal when it is gone */
  readonly collectionOf: (id: number) => CollectionRecord
}

/** Finds chunks of a collection: by words, by meaning, by both, or in their order. */
export function createChunkSearch({ prepared, index, collectionOf }: ChunkSearchOptions) {
  const all = (sql: string, ...values: readonly SQLInputValue[]) => prepared(sql).all(...values)

  function chunksBy(ids: readonly bigint[]): ReadonlyMap<bigint, ChunkRecord> {
    const read = prepared('select key, text, metadata from chunk where id = ?')
    return new Map(
      ids.flatMap((id) => {
        const row = read.get(id)
        return row ? [[id, chunkIn(row)] as const] : []
      }),
    )
  }

  function byWords(id: number, { text = '', limit, filter }: ChunkQuery): readonly bigint[] {
    const words = wordsQuery(text)
    if (words === '') return []
    const within = filterSubquery(BigInt(id), filter)
    const sql = `select rowid as chunk from chunk_text where chunk_text match ?${within ? ` and rowid in (${within.sql})` : ''} order by bm25(chunk_text, 0.0, 1.0) limit ?`
    return all(sql, `scope : "c${id}" AND text : (${words})`, ...(within?.values ?? []), limit).map((row) =>
      BigInt(Number(row.chunk)),
    )
  }

  function byMeaning(id: number, vector: ArrayLike<number>, { limit, filter }: ChunkQuery): readonly Ranked[] {
    const { dimensions, name } = collectionOf(id)
    if (dimensions === null) return []
    checkLength(name, dimensions, vector.length)
    const within = filterSubquery(BigInt(id), filter)
    return index.nearest(BigInt(id), Float32Array.from(vector), limit, within)
  }

  /** In the order they were added. `search` is a part of the text. */
  function page(
    id: number,
    asked: {
      readonly offset: number
      readonly limit: number
      readonly search?: string
      readonly filter?: ChunkFilter
    },
  ): ChunkPage {
    const within = filterSubquery(BigInt(id), asked.filter)
    const conditions = ['collection_id = ?', ...(within ? [`id in (${within.sql})`] : [])]
    const values: SQLInputValue[] = [id, ...(within?.values ?? [])]
    if (asked.search) {
      conditions.push('instr(lower(text), lower(?)) > 0')
      values.push(asked.search)
    }
    const where = conditions.join(' and ')
    const total = Number(prepared(`select count(*) as total from chunk where ${where}`).get(...values)?.total)
    const rows = all(
      `select key, text, metadata from chunk where ${where} order by id limit ? offset ?`,
      ...values,
      asked.limit,
      asked.offset,
    )
    return { total, chunks: rows.map(chunkIn) }
  }

  return {
    page,

    search(id: number, query: ChunkQuery): readonly FoundChunk[] {
      const { vector, text, limit, withVectors } = query
      const wide = { ...query, limit: Math.max(limit * 4, 20) }
      if (vector === undefined && text === undefined) {
        return page(id, { offset: 0, limit, ...(query.filter && { filter: query.filter }) }).chunks.map((chunk) => ({
          ...chunk,
          distance: null,
        }))
      }
      const isHybrid = vector !== undefined && text !== undefined
      const near = vector === undefined ? [] : byMeaning(id, vector, isHybrid ? wide : query)
      const worded = text === undefined ? [] : byWords(id, isHybrid ? wide : query)
      const ranked = merged(near, worded).slice(0, limit)
      const records = chunksBy(ranked.map(({ chunk }) => chunk))
      const dimensions = withVectors ? collectionOf(id).dimensions : null
      return ranked.flatMap(({ chunk, distance }) => {
        const record = records.get(chunk)
        if (!record) return []
        return [{ ...record, distance, ...(dimensions !== null && { vector: index.vector(chunk, dimensions) }) }]
      })
    },

    /** The files the chunks name as their source, by name. */
    sources(id: number): readonly ChunkSource[] {
      const rows = all(
        `select cast(json_extract(metadata, '$.source') as text) as source, count(*) as chunks,
           sum(length(text)) as characters
         from chunk where collection_id = ? group by 1 order by 1`,
        id,
      )
      return rows.map(({ source, chunks, characters }) => ({
        source: source === null ? null : String(source),
        chunks: Number(chunks),
        characters: Number(characters),
      }))
    },

    /** The names of metadata entries, and some values of each. */
    metadataKeys(id: number): readonly { readonly key: string; readonly values: readonly string[] }[] {
      const rows = all(
        `select entry.key as key, cast(entry.value as text) as value from chunk, json_each(chunk.metadata) as entry
         where collection_id = ? and entry.type not in ('object', 'array') group by 1, 2 order by 1, 2 limit 2000`,
        id,
      )
      const byKey = Map.groupBy(rows, ({ key }) => String(key))
      return Array.from(byKey, ([key, found]) => ({
        key,
        values: found.slice(0, 50).map(({ value }) => String(value)),
      }))
    },
  }
}
