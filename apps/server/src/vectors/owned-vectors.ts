import type { Storage } from '@runnel/storage/open-storage'
import type { VectorStore } from '@runnel/storage/vectors/vector-store'

/** The same storage, whose users take their collections of vectors along when they are removed. */
export function withOwnedVectors(storage: Storage, store: Pick<VectorStore, 'removeOwner'>): Storage {
  return {
    ...storage,
    users: {
      ...storage.users,
      async remove(id) {
        const result = await storage.users.remove(id)
        await store.removeOwner(id)
        return result
      },
    },
  }
}
