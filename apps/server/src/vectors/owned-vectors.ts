import type { Storage } from '@runnel/storage/open-storage'
import type { VectorStore } from '@runnel/storage/vectors/vector-store'

type Store = Pick<VectorStore, 'removeOwner' | 'exists' | 'list' | 'remove'>

/** The same storage, whose users take their collections of vectors along, and whose flows what they remember. */
export function withOwnedVectors(storage: Storage, store: Store): Storage {
  const { flows, users } = storage

  async function forget(userId: string): Promise<void> {
    if (!store.exists()) return
    for (const { id, details } of await store.list(userId, 'memory')) {
      const { flow_id } = Object(JSON.parse(details))
      if (!(await flows.find(userId, String(flow_id)))) await store.remove(id)
    }
  }

  return {
    ...storage,
    flows: {
      ...flows,
      async remove(userId, ids) {
        const result = await flows.remove(userId, ids)
        await forget(userId)
        return result
      },
    },
    users: {
      ...users,
      async remove(id) {
        const result = await users.remove(id)
        if (store.exists()) await store.removeOwner(id)
        return result
      },
    },
  }
}
