/** What a collection is for; names are unique per owner and purpose. A draft is one that is to take another's place. */
export type CollectionKind = 'store' | 'knowledge' | 'memory' | 'draft'

/** Chunks of text with a vector each, all of one length. */
export interface CollectionRecord {
  readonly id: number
  readonly owner: string
  readonly kind: CollectionKind
  readonly name: string
  /** Length of the vectors; null until there is one. */
  readonly dimensions: number | null
  /** Whatever its kind keeps about it, as JSON. */
  readonly details: string
  readonly chunks: number
  readonly words: number
  readonly characters: number
  /** Of texts, metadata and vectors. */
  readonly bytes: number
  /** Epoch milliseconds. */
  readonly createdAt: number
  readonly updatedAt: number
}

export interface NewChunk {
  /** Unique in its collection. */
  readonly key: string
  readonly text: string
  readonly metadata: Readonly<Record<string, unknown>>
  readonly vector: ArrayLike<number>
}

export interface ChunkRecord {
  readonly key: string
  readonly text: string
  readonly metadata: Readonly<Record<string, unknown>>
}

export interface FoundChunk extends ChunkRecord {
  /** Euclidean distance of the vectors; null for one that only its words have found. */
  readonly distance: number | null
  /** Given when it was asked for. */
  readonly vector?: readonly number[]
}

/** Entries of the metadata a chunk must have; a list means any of its values. */
export type ChunkFilter = Readonly<Record<string, unknown>>

/** Without `vector` and `text` it is all there is, in the order it was added. */
export interface ChunkQuery {
  /** Finds by meaning. With `text` as well, what both find comes first. */
  readonly vector?: ArrayLike<number>
  /** Finds by words. */
  readonly text?: string
  readonly limit: number
  readonly filter?: ChunkFilter
  readonly withVectors?: boolean
}

export interface ChunkPage {
  /** Of all that fit. */
  readonly total: number
  readonly chunks: readonly ChunkRecord[]
}

/** What of a collection comes from one file, as its chunks name it in `source`; null for those that name none. */
export interface ChunkSource {
  readonly source: string | null
  readonly chunks: number
  readonly characters: number
}

/** How a collection came to hold what it holds. */
export interface AddedChunks {
  readonly added: number
  /** Chunks whose key was there already. */
  readonly skipped: number
}
