import type { VectorCollection } from '@runnel/sdk'
import type { StoreBackend } from './vector-store.ts'

/** A collection kept on this server, as a store. */
export function embeddedStore(
  provider: string,
  collection: VectorCollection,
  { keepsOthers = true }: { readonly keepsOthers?: boolean } = {},
): StoreBackend {
  return {
    provider,
    known: (ids) => collection.known(ids),
    async add(documents) {
      await collection.add(documents.map(({ id, ...chunk }) => ({ key: id, ...chunk })))
    },
    ...(!keepsOthers && { keepOnly: (ids) => collection.keepOnly(ids) }),
    async nearest(vector, { limit, filter, withVectors }) {
      const found = await collection.search({ vector, limit, filter, withVectors })
      return found.map(({ text, metadata, distance, vector: own }) => ({
        text,
        metadata,
        score: distance === null ? null : scoreOf(distance),
        ...(own && { vector: own }),
      }))
    },
  }
}

/** 1 for the same vector, 0 for the farthest of vectors of length 1 that have nothing in common, and beyond. */
export const scoreOf = (distance: number): number => Math.max(0, 1 - distance / Math.SQRT2)
