import { knowledgeEmbeddings } from '@runnel/components/shared/knowledge-ingest'
import { AppError } from '@runnel/protocol/errors'
import type { Embeddings, RunContext } from '@runnel/sdk'
import type { ChunkRecord, FoundChunk } from '@runnel/storage/vectors/vector-records'
import type { VectorStore } from '@runnel/storage/vectors/vector-store'
import type { Config } from '../config.ts'
import type { VariableService } from '../variables/variable-service.ts'
import type { Knowledge } from './knowledge-service.ts'

export interface KnowledgeTextsOptions {
  readonly vectorStore: VectorStore
  readonly variables: Pick<VariableService, 'storedValue'>
  readonly config: Pick<Config, 'environment' | 'fallbackToEnvironment'>
}

/** The model texts are embedded with. */
export interface EmbeddingName {
  readonly provider: string
  readonly model: string
}

/** What a search compares: vectors, words, or both. */
export type SearchMethod = 'meaning' | 'words' | 'both'

export type KnowledgeTexts = ReturnType<typeof createKnowledgeTexts>

/** The texts of knowledge bases, found as flows find them, and corrected by hand. */
export function createKnowledgeTexts({ vectorStore, variables, config }: KnowledgeTextsOptions) {
  const variablesOf = (userId: string): RunContext['variables'] => ({
    get: async (name) =>
      (await variables.storedValue(userId, name))?.value ||
      (config.fallbackToEnvironment ? config.environment(name) : undefined),
  })

  /** @throws AppError of a provider without a key */
  const embeddingsWith = (userId: string, embedding: EmbeddingName): Promise<Embeddings> =>
    knowledgeEmbeddings(embedding, undefined, { variables: variablesOf(userId) })

  const embeddingsOf = ({ record, details }: Knowledge): Promise<Embeddings> =>
    embeddingsWith(record.owner, { provider: details.embedding_provider, model: details.embedding_model })

  async function vectorOf(knowledge: Knowledge, text: string, purpose: 'query' | 'document', signal: AbortSignal) {
    const embeddings = await embeddingsOf(knowledge)
    const [vector] = await embeddings.embed([text], signal, { purpose })
    return vector ?? []
  }

  return {
    embeddingsOf,
    embeddingsWith,

    /** The nearest first. */
    async search(
      knowledge: Knowledge,
      { text, method, limit }: { readonly text: string; readonly method: SearchMethod; readonly limit: number },
      signal: AbortSignal,
    ): Promise<readonly FoundChunk[]> {
      if (knowledge.record.chunks === 0) return []
      return vectorStore.search(knowledge.record.id, {
        limit,
        ...(method !== 'meaning' && { text }),
        ...(method !== 'words' && { vector: await vectorOf(knowledge, text, 'query', signal) }),
      })
    },

    /** Puts another text or other metadata in the place of a chunk's, embedded anew. @throws AppError `not_found` */
    async correct(
      knowledge: Knowledge,
      key: string,
      changes: { readonly text?: string | undefined; readonly metadata?: ChunkRecord['metadata'] | undefined },
      signal: AbortSignal,
    ): Promise<void> {
      const { id } = knowledge.record
      const before = await vectorStore.chunk(id, key)
      if (!before) throw new AppError('not_found')
      const { text = before.text, metadata = before.metadata } = changes
      const vector = await vectorOf(knowledge, text, 'document', signal)
      if (!(await vectorStore.replace(id, { key, text, metadata, vector }))) throw new AppError('not_found')
    },

    /** Answers how many went. */
    remove: ({ record }: Knowledge, keys: readonly string[]): Promise<number> =>
      vectorStore.removeKeys(record.id, keys),

    /** Takes out all that comes from these files; answers how many chunks went. */
    removeSources: ({ record }: Knowledge, sources: readonly string[]): Promise<number> =>
      vectorStore.removeChunks(record.id, { source: sources }),
  }
}
