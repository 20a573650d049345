import { embeddingProvider } from '@runnel/models/embeddings/embedding-catalogue'
import { AppError } from '@runnel/protocol/errors'
import { newId } from '@runnel/protocol/id'
import type { CollectionRecord } from '@runnel/storage/vectors/vector-records'
import type { VectorStore } from '@runnel/storage/vectors/vector-store'
import { checkFileName } from '../files/file-name.ts'
import { type KnowledgeDetails, knowledgeDetails, newKnowledgeDetails } from './knowledge-details.ts'

export interface KnowledgeServiceOptions {
  readonly vectorStore: VectorStore
}

/** A knowledge base with what it keeps about itself. */
export interface Knowledge {
  readonly record: CollectionRecord
  readonly details: KnowledgeDetails
}

export interface NewKnowledge {
  readonly name: string
  readonly provider: string
  readonly model: string
  readonly columns?: KnowledgeDetails['column_config'] | undefined
}

/** The name as addresses and fields of components take it; letters of any script. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]{1,61}[\p{L}\p{M}\p{N}]$/u

export type KnowledgeService = ReturnType<typeof createKnowledgeService>

/** Knowledge bases of users. Another user's is simply not found. */
export function createKnowledgeService({ vectorStore }: KnowledgeServiceOptions) {
  const withDetails = (record: CollectionRecord): Knowledge => ({ record, details: knowledgeDetails(record) })

  /** The model as it is kept. @throws AppError 400 for an unknown provider, or no model */
  function embeddingNamed(asked: Pick<NewKnowledge, 'provider' | 'model'>) {
    const provider = embeddingProvider(asked.provider)
    if (!provider) throw new AppError('bad_request', [`Unknown provider: ${asked.provider}`])
    if (asked.model.trim() === '') throw new AppError('bad_request', ['Choose an embedding model.'])
    return { provider: provider.title, model: asked.model.trim() }
  }

  return {
    embeddingNamed,

    async list(userId: string): Promise<readonly Knowledge[]> {
      return (await vectorStore.list(userId, 'knowledge')).map(withDetails)
    },

    /** @throws AppError `knowledge_base_not_found`, 400 for a name that leads elsewhere */
    async find(userId: string, name: string): Promise<Knowledge> {
      const record = await vectorStore.find(userId, 'knowledge', checkFileName(name))
      if (!record) throw new AppError('knowledge_base_not_found', [name])
      return withDetails(record)
    },

    /** @throws AppError `knowledge_base_exists`, 400 for a bad name, an unknown provider or no model */
    async create(userId: string, asked: NewKnowledge): Promise<Knowledge> {
      const name = asked.name.trim().replace(/\s+/g, '_')
      if (!NAME.test(name)) {
        const why = `'${name}' is no name for a knowledge base: use 3 to 63 letters, digits, _ and -.`
        throw new AppError('bad_request', [why])
      }
      const { provider, model } = embeddingNamed(asked)
      const details = newKnowledgeDetails({
        id: newId(),
        embedding_provider: provider,
        embedding_model: model,
        ...(asked.columns && { column_config: asked.columns }),
      })
      const record = await vectorStore.create(userId, 'knowledge', name, JSON.stringify(details))
      if (!record) throw new AppError('knowledge_base_exists', [name])
      return { record, details }
    },

    /** Answers the names there were none of. */
    async remove(userId: string, names: readonly string[]): Promise<readonly string[]> {
      const missing: string[] = []
      for (const name of names) {
        const record = await vectorStore.find(userId, 'knowledge', checkFileName(name))
        if (!record || !(await vectorStore.remove(record.id))) missing.push(name)
        else await removeDraft(vectorStore, record)
      }
      return missing
    },

    chunks: (
      id: number,
      asked: Readonly<Record<'page' | 'limit', number> & Record<'search' | 'source' | 'key' | 'value', string>>,
    ) =>
      vectorStore.page(id, {
        offset: (asked.page - 1) * asked.limit,
        limit: asked.limit,
        ...(asked.search !== '' && { search: asked.search }),
        filter: {
          ...(asked.key !== '' && { [asked.key]: asked.value }),
          ...(asked.source !== '' && { source: asked.source }),
        },
      }),

    metadataKeys: (id: number) => vectorStore.metadataKeys(id),

    sources: (id: number) => vectorStore.sources(id),
  }
}

/** Forgets how far embedding a base with another model has come. */
export async function removeDraft(
  vectorStore: Pick<VectorStore, 'find' | 'remove'>,
  { id, owner }: Pick<CollectionRecord, 'id' | 'owner'>,
): Promise<void> {
  const draft = await vectorStore.find(owner, 'draft', String(id))
  if (draft) await vectorStore.remove(draft.id)
}
