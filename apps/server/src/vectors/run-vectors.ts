import { AppError } from '@runnel/protocol/errors'
import type { VectorCollection, VectorsPort } from '@runnel/sdk'
import type { CollectionKind, CollectionRecord } from '@runnel/storage/vectors/vector-records'
import type { VectorStore } from '@runnel/storage/vectors/vector-store'
import { knowledgeDetails } from '../knowledge-bases/knowledge-details.ts'

/** The collections of vectors a run may use. */
export interface RunVectors {
  /** Those of one user; of those, visitors of a public flow do not reach the texts its owner has gathered. */
  of(userId: string, runsFor: 'user' | 'visitor'): VectorsPort
}

/** The port by which runs keep and find vectors. */
export function createRunVectors(store: VectorStore): RunVectors {
  const byName = async (userId: string, kind: CollectionKind, name: string) => {
    const record = await store.find(userId, kind, name)
    if (!record) return undefined
    const details = knowledgeDetails(record)
    const { embedding_provider: provider, embedding_model: model } = details
    const embedding = provider === '' || model === '' ? null : { provider, model }
    const collection = collectionOf(store, async () => record)
    return { id: details.id, name, embedding, collection, details }
  }
  return {
    of: (userId, runsFor) => ({
      collection: (name) =>
        collectionOf(store, async (forWriting) => {
          const made = forWriting ? await store.create(userId, 'store', name, '{}') : undefined
          return made ?? store.find(userId, 'store', name)
        }),
      async knowledgeBase(name) {
        if (runsFor === 'visitor') throw new AppError('knowledge_base_private', [name])
        return byName(userId, 'knowledge', name)
      },
      async memoryBase(name) {
        const found = await byName(userId, 'memory', name)
        return found && { ...found, flowId: found.details.flow_id ?? '' }
      },
    }),
  }
}

/** A collection as components see it. `find` may give none while nothing has been added. */
export function collectionOf(
  store: VectorStore,
  find: (forWriting: boolean) => Promise<CollectionRecord | undefined>,
): VectorCollection {
  return {
    async known(keys) {
      const record = await find(false)
      return new Set(record ? await store.known(record.id, keys) : [])
    },
    async add(chunks) {
      const record = await find(true)
      return record ? store.add(record.id, chunks) : { added: 0, skipped: chunks.length }
    },
    async keepOnly(keys) {
      const record = await find(false)
      if (record) await store.keepOnly(record.id, keys)
    },
    async search(query) {
      const record = await find(false)
      return record ? store.search(record.id, query) : []
    },
  }
}
