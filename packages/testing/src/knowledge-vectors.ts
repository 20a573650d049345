import { createMemoryCollection, createMemoryVectors, type VectorsPort } from '@runnel/sdk'

/** Collections in memory, with one knowledge base and one memory base, both embedded without a provider. */
export function knowledgeVectors(names: {
  readonly knowledge?: string
  readonly memory?: { readonly name: string; readonly flowId: string }
}): VectorsPort {
  const embedding = { provider: 'Built-in', model: 'hashing-384' }
  const [knowledge, memory] = [createMemoryCollection(), createMemoryCollection()]
  return {
    ...createMemoryVectors(),
    knowledgeBase: async (name) =>
      name === names.knowledge ? { id: 'kb-1', name, embedding, collection: knowledge } : undefined,
    memoryBase: async (name) =>
      name === names.memory?.name
        ? { id: 'mb-1', name, embedding, collection: memory, flowId: names.memory.flowId }
        : undefined,
  }
}
