import { embeddingProvider, providerOfEmbeddings } from '@runnel/models/embeddings/embedding-catalogue'
import { AppError } from '@runnel/protocol/errors'
import { newId } from '@runnel/protocol/id'
import type { Storage } from '@runnel/storage/open-storage'
import type { VectorStore } from '@runnel/storage/vectors/vector-store'
import { type Memory, type MemoryDetails, memoryOf } from './memory-details.ts'

export interface MemoryServiceOptions {
  readonly vectorStore: VectorStore
  readonly storage: Pick<Storage, 'flows'>
}

export type NewMemory = Omit<MemoryDetails, 'id' | 'pending' | 'embedding_provider'> & {
  readonly name: string
  /** Found by the model's name unless given. */
  readonly embedding_provider: string | undefined
}

export type MemoryService = ReturnType<typeof createMemoryService>

/** Memory bases of users. Another user's is simply not found. */
export function createMemoryService({ vectorStore, storage }: MemoryServiceOptions) {
  async function list(userId: string, flowId?: string): Promise<readonly Memory[]> {
    if (!vectorStore.exists()) return []
    const memories = (await vectorStore.list(userId, 'memory')).map(memoryOf)
    return flowId === undefined ? memories : memories.filter(({ details }) => details.flow_id === flowId)
  }

  /** @throws AppError `memory_base_not_found` */
  async function find(userId: string, id: string): Promise<Memory> {
    const found = (await list(userId)).find(({ details }) => details.id === id)
    if (!found) throw new AppError('memory_base_not_found')
    return found
  }

  /** Changes what is kept of one, as it is now; nothing when it has been deleted meanwhile. */
  async function change(
    { record }: Memory,
    changes: (details: MemoryDetails) => Partial<MemoryDetails>,
  ): Promise<Memory | undefined> {
    const current = await vectorStore.find(record.owner, record.kind, record.name)
    if (current?.id !== record.id) return undefined
    const { details } = memoryOf(current)
    const next = { ...details, ...changes(details) }
    await vectorStore.describe(record.id, JSON.stringify(next))
    return { record: current, details: next }
  }

  return {
    list,
    find,
    change,

    /** @throws AppError `flow_id_not_found`, `memory_base_exists`, 400 for an unknown provider */
    async create(userId: string, { name, ...asked }: NewMemory): Promise<Memory> {
      if (!(await storage.flows.find(userId, asked.flow_id))) throw new AppError('flow_id_not_found')
      const wanted = asked.embedding_provider || (providerOfEmbeddings(asked.embedding_model)?.title ?? '')
      const provider = embeddingProvider(wanted)
      if (!provider) throw new AppError('bad_request', [`Unknown provider: ${wanted || asked.embedding_model}`])
      const details: MemoryDetails = { ...asked, id: newId(), embedding_provider: provider.title, pending: {} }
      const record = await vectorStore.create(userId, 'memory', name, JSON.stringify(details))
      if (!record) throw new AppError('memory_base_exists', [name])
      return { record, details }
    },

    async remove(userId: string, id: string): Promise<Memory> {
      const memory = await find(userId, id)
      await vectorStore.remove(memory.record.id)
      return memory
    },

    messages: (id: number, sessionId: string | undefined, page: number, size: number) =>
      vectorStore.page(id, {
        offset: (page - 1) * size,
        limit: size,
        ...(sessionId !== undefined && { filter: { session_id: sessionId } }),
      }),

    forget: (id: number) => vectorStore.removeChunks(id, {}),
  }
}
