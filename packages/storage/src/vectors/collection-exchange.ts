import type { SQLInputValue } from 'node:sqlite'
import type { createPreparer } from './prepared-statements.ts'
import type { ChunkRecord } from './vector-records.ts'
import { chunkIn } from './vector-rows.ts'

export interface CollectionExchangeOptions {
  readonly prepared: ReturnType<typeof createPreparer>
  readonly inTransaction: <Value>(work: () => Value) => Value
  /** Takes chunks of a collection out; `where` names them in the table of chunks. */
  readonly removeChunks: (id: number, where: string, values: readonly SQLInputValue[]) => number
}

/** The same chunk: of one key, with the same text and metadata. */
const LACKING = `select there.key, there.text, there.metadata from chunk as there
  left join chunk as here on here.collection_id = ? and here.key = there.key
  where there.collection_id = ? and (here.id is null or here.text <> there.text or here.metadata <> there.metadata)
  order by there.id limit ?`

/** Fills a second collection from a first, which is used as before until the second takes its place. */
export function createCollectionExchange({ prepared, inTransaction, removeChunks }: CollectionExchangeOptions) {
  const lacking = (id: number, from: number, limit: number): readonly ChunkRecord[] =>
    prepared(LACKING).all(id, from, limit).map(chunkIn)

  return {
    /** The first chunks of `from` that a collection has not, or has with another text or other metadata. */
    lacking,

    /**
     * Puts `draft` in the place of a collection: it gets its name, and what the other held goes.
     * Answers false, and changes nothing, while the draft lacks a chunk.
     */
    takePlace(draft: number, of: number, details: string): boolean {
      return inTransaction(() => {
        const before = prepared('select owner, kind, name, created_at from collection where id = ?').get(of)
        if (!before || lacking(draft, of, 1).length > 0) return false
        removeChunks(draft, 'key not in (select key from chunk where collection_id = ?)', [of])
        removeChunks(of, '1 = 1', [])
        prepared('delete from collection where id = ?').all(of)
        const { owner = null, kind = null, name = null, created_at = null } = before
        prepared(
          'update collection set owner = ?, kind = ?, name = ?, created_at = ?, details = ?, updated_at = ? where id = ?',
        ).all(owner, kind, name, created_at, details, Date.now(), draft)
        return true
      })
    },
  }
}
