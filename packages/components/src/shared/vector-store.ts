import { createHash } from 'node:crypto'
import { type Data, type DataFrame, dataFrame, field, type RunContext, type VectorStore } from '@runnel/sdk'
import { connectedEmbeddings } from './embedding-choice.ts'
import { marginallyRelevant } from './marginal-relevance.ts'
import { dataOf, documentId, documentsIn, type StoreDocument } from './store-documents.ts'
import { tracedSearch } from './traced-search.ts'

export interface EmbeddedDocument extends StoreDocument {
  readonly id: string
  readonly vector: readonly number[]
}

export interface FoundDocument extends StoreDocument {
  /** From 0 to 1, the larger the nearer; null from stores that do not say. */
  readonly score: number | null
  /** Given when it was asked for. */
  readonly vector?: readonly number[]
}

export interface NearestOptions {
  readonly limit: number
  readonly filter: Readonly<Record<string, unknown>>
  readonly withVectors: boolean
  /** The text that was looked for, for stores that search by words as well. */
  readonly query: string
}

/** One kind of store, ready to be asked. Its calls end with the run. */
export interface StoreBackend {
  /** As users know it, `Qdrant`. */
  readonly provider: string
  /** It makes the vectors itself, of the texts: documents and queries come without one. */
  readonly embedsItself?: boolean
  /** Which of the documents it has already, by id: they need not be embedded again. */
  known?(ids: readonly string[]): Promise<ReadonlySet<string>>
  add(documents: readonly EmbeddedDocument[]): Promise<void>
  /** Called with the ids of all documents that were given, after the new ones were added. */
  keepOnly?(ids: readonly string[]): Promise<void>
  /** Best first. */
  nearest(vector: readonly number[], options: NearestOptions): Promise<readonly FoundDocument[]>
  /** What fits a filter, in no order. */
  find?(filter: Readonly<Record<string, unknown>>, limit: number): Promise<readonly FoundDocument[]>
}

export type SearchType = 'Similarity' | 'Similarity with score threshold' | 'MMR'

/** What the fields of a node ask of a store. */
export interface StoreRequest {
  readonly backend: () => StoreBackend | Promise<StoreBackend>
  readonly embedding: unknown
  readonly documents: unknown
  readonly query: string
  readonly limit: number
  readonly searchType?: SearchType | undefined
  readonly threshold?: number | undefined
  readonly filter?: Readonly<Record<string, unknown>> | undefined
}

/** The fields every store has; its own stand before them. */
export const storeFields = {
  ingest_data: field.handle({
    label: 'Ingest Data',
    info: 'What to keep: Data, or a table with one text per row.',
    accepts: ['Data', 'JSON', 'DataFrame', 'Table'],
    list: true,
  }),
  search_query: field.query({
    label: 'Search Query',
    info: 'What to look for. Without it nothing is looked for.',
    tool: true,
  }),
  should_cache_vector_store: field.bool({
    label: 'Cache Vector Store',
    info: 'Kept for older flows: a node always keeps its store for one build.',
    default: true,
    advanced: true,
  }),
  embedding: field.handle({ label: 'Embedding', info: 'What makes the vectors.', accepts: ['Embeddings'] }),
  number_of_results: field.int({
    label: 'Number of Results',
    info: 'The most documents to find.',
    default: 4,
    advanced: true,
  }),
  advanced_search_filter: field.nestedDict({
    label: 'Search Metadata Filter',
    info: 'Entries a document must have been kept with. A list means any of its values.',
    advanced: true,
  }),
} as const

/** Documents of one request to a store. */
const BATCH = 100
/** How many near documents a choice of unlike ones is made from. */
const CANDIDATES = 20

/**
 * Keeps the documents of a node, then finds what it looks for; nothing without a query.
 * @throws AppError of the store or the embedding model
 */
export async function searchStore(request: StoreRequest, context: RunContext): Promise<readonly FoundDocument[]> {
  const backend = await request.backend()
  await keepDocuments(backend, request, context)
  const { query, limit, filter } = request
  if (query.trim() === '' || limit <= 0) return []
  return tracedSearch({ name: backend.provider, query, limit, filter }, context, (inside) =>
    findNearest(backend, request, inside),
  )
}

async function findNearest(
  backend: StoreBackend,
  { embedding, query, limit, searchType = 'Similarity', threshold = 0, filter = {} }: StoreRequest,
  { signal, addUsage }: Pick<RunContext, 'signal' | 'addUsage'>,
): Promise<readonly FoundDocument[]> {
  const [vector = []] = backend.embedsItself
    ? []
    : await connectedEmbeddings(embedding).embed([query], signal, { purpose: 'query', addUsage })
  const options = { limit, filter, query, withVectors: false }
  switch (searchType) {
    case 'Similarity':
      return backend.nearest(vector, options)
    case 'Similarity with score threshold': {
      const found = await backend.nearest(vector, options)
      return found.filter(({ score }) => score === null || score >= threshold)
    }
    case 'MMR': {
      const wide = { ...options, limit: Math.max(limit, CANDIDATES), withVectors: true }
      const found = await backend.nearest(vector, wide)
      // A store that embeds itself does not show the query's vector: its best document stands for it.
      return marginallyRelevant(backend.embedsItself ? (found[0]?.vector ?? []) : vector, found, limit)
    }
    default:
      return searchType satisfies never
  }
}

/** Once per run and documents, however many outputs and tool calls want it. */
async function keepDocuments(backend: StoreBackend, request: StoreRequest, context: RunContext): Promise<void> {
  const documents = documentsIn(request.documents).map((document) => ({ ...document, id: documentId(document) }))
  if (documents.length === 0) return
  const hash = createHash('sha256')
  for (const { id } of documents) hash.update(id)
  const key = `${context.node.id}:kept:${hash.digest('hex')}`
  const work = context.state.get(key) ?? addDocuments(backend, documents, request, context)
  context.state.set(key, work)
  try {
    await work
  } catch (error) {
    context.state.delete(key)
    throw error
  }
}

async function addDocuments(
  backend: StoreBackend,
  documents: readonly (StoreDocument & { readonly id: string })[],
  { embedding }: StoreRequest,
  { signal, addUsage }: RunContext,
): Promise<void> {
  const ids = documents.map(({ id }) => id)
  const known = new Set((await backend.known?.(ids)) ?? [])
  const fresh = documents.filter(({ id }) => !known.has(id) && known.add(id))
  const embeddings = backend.embedsItself ? undefined : connectedEmbeddings(embedding)
  for (let at = 0; at < fresh.length; at += BATCH) {
    const batch = fresh.slice(at, at + BATCH)
    const texts = batch.map(({ text }) => text)
    const vectors = (await embeddings?.embed(texts, signal, { addUsage })) ?? []
    await backend.add(batch.map((document, index) => ({ ...document, vector: vectors[index] ?? [] })))
  }
  await backend.keepOnly?.(ids)
}

type Find = (context: RunContext) => Promise<readonly FoundDocument[]>

/** `search_results` of a store. */
export async function foundData(find: Find, context: RunContext): Promise<readonly Data[]> {
  const found = (await find(context)).map(dataOf)
  context.setStatus(found)
  return found
}

/** `dataframe` of a store. */
export const foundFrame = async (find: Find, context: RunContext): Promise<DataFrame> =>
  dataFrame((await find(context)).map((document) => dataOf(document).data))

/** The store itself, for what comes after the node. */
export function asVectorStore(provider: string, request: StoreRequest, context: RunContext): VectorStore {
  return {
    kind: 'vector-store',
    provider,
    search: async (query, limit, asking, filter = request.filter) =>
      (await searchStore({ ...request, query, limit, filter }, { ...context, ...asking })).map(dataOf),
  }
}

/** Outputs are declared by what they are called, and run by `foundData` and `foundFrame`. */
export const storeOutputs = {
  search_results: { type: 'Data', label: 'Search Results', method: 'search_documents' },
  dataframe: { type: 'DataFrame', label: 'DataFrame', method: 'as_dataframe' },
} as const
