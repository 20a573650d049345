import type { RunContext } from './run-context.ts'
import type { Data } from './values.ts'

/** A piece of text with its vector. */
export interface VectorChunk {
  /** Unique in its collection. */
  readonly key: string
  readonly text: string
  readonly metadata: Readonly<Record<string, unknown>>
  readonly vector: readonly number[]
}

export interface FoundChunk {
  readonly key: string
  readonly text: string
  readonly metadata: Readonly<Record<string, unknown>>
  /** Euclidean distance to the vector that was looked for; null for a chunk that only its words have found. */
  readonly distance: number | null
  /** Given when it was asked for. */
  readonly vector?: readonly number[]
}

/** Without `vector` and `text` it is all there is, in the order it was added. */
export interface ChunkQuery {
  /** Finds by meaning. With `text` as well, what both find comes first. */
  readonly vector?: readonly number[]
  /** Finds by words. */
  readonly text?: string
  readonly limit: number
  /** Entries of the metadata a chunk must have; a list means any of its values. */
  readonly filter?: Readonly<Record<string, unknown>>
  readonly withVectors?: boolean
}

/** Chunks whose vectors have one length. */
export interface VectorCollection {
  /** Which of the keys are there. */
  known(keys: readonly string[]): Promise<ReadonlySet<string>>
  /** Chunks whose key is there already are skipped. @throws AppError `invalid_field` for vectors of another length */
  add(chunks: readonly VectorChunk[]): Promise<{ readonly added: number; readonly skipped: number }>
  /** Takes out what has none of these keys. */
  keepOnly(keys: readonly string[]): Promise<void>
  search(query: ChunkQuery): Promise<readonly FoundChunk[]>
}

/** Texts a user has gathered, embedded with one model. */
export interface KnowledgeBase {
  readonly id: string
  readonly name: string
  /** null when none was chosen. */
  readonly embedding: { readonly provider: string; readonly model: string } | null
  readonly collection: VectorCollection
}

/** What was said in the chats of a flow, embedded with one model. */
export interface MemoryBase extends KnowledgeBase {
  readonly flowId: string
}

/** The collections of the user a run belongs to. */
export interface VectorsPort {
  /** Of that name; made when something is added. */
  collection(name: string): VectorCollection
  knowledgeBase(name: string): Promise<KnowledgeBase | undefined>
  memoryBase(name: string): Promise<MemoryBase | undefined>
}

/** Documents that can be searched by meaning. Travels along `VectorStore` edges. */
export interface VectorStore {
  readonly kind: 'vector-store'
  /** The kind of store, `Qdrant`. */
  readonly provider: string
  /**
   * The nearest documents, best first. `filter` names entries of the metadata they must have, instead of those the
   * store was set up with; a list means any of its values. Tokens that were embedded are those of `asking`.
   * @throws AppError when the store cannot be asked
   */
  search(
    query: string,
    limit: number,
    asking: Pick<RunContext, 'signal' | 'addUsage' | 'spans'>,
    filter?: Readonly<Record<string, unknown>>,
  ): Promise<readonly Data[]>
}

export const isVectorStore = (value: unknown): value is VectorStore =>
  typeof value === 'object' &&
  value !== null &&
  (value as { kind?: unknown }).kind === 'vector-store' &&
  'search' in value
