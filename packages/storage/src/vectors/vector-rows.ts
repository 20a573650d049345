import type { ChunkRecord, CollectionKind, CollectionRecord } from './vector-records.ts'

/** How much of something a collection holds. */
export interface ChunkCounts {
  readonly chunks: number
  readonly words: number
  readonly characters: number
  readonly bytes: number
}
export const NOTHING: ChunkCounts = { chunks: 0, words: 0, characters: 0, bytes: 0 }

/** What one chunk counts for; a vector as its bytes. */
export const countsOf = (text: string, metadata: string, dimensions: number): ChunkCounts => ({
  chunks: 1,
  words: text.match(/\S+/g)?.length ?? 0,
  characters: text.length,
  bytes: Buffer.byteLength(text) + Buffer.byteLength(metadata) + dimensions * 4,
})

export const sumOfCounts = (a: ChunkCounts, b: ChunkCounts): ChunkCounts => ({
  chunks: a.chunks + b.chunks,
  words: a.words + b.words,
  characters: a.characters + b.characters,
  bytes: a.bytes + b.bytes,
})

type Row = Readonly<Record<string, unknown>>

/** The chunk in a row of its table. */
export const chunkIn = ({ key, text, metadata }: Row): ChunkRecord => ({
  key: String(key),
  text: String(text),
  // Written by `add` alone.
  metadata: JSON.parse(String(metadata)) as Readonly<Record<string, unknown>>,
})

/** The collection in a row of its table. */
export const collectionIn = (row: Row): CollectionRecord => ({
  id: Number(row.id),
  owner: String(row.owner),
  // Written by `create` alone.
  kind: String(row.kind) as CollectionKind,
  name: String(row.name),
  dimensions: row.dimensions === null ? null : Number(row.dimensions),
  details: String(row.details),
  chunks: Number(row.chunks),
  words: Number(row.words),
  characters: Number(row.characters),
  bytes: Number(row.bytes),
  createdAt: Number(row.created_at),
  updatedAt: Number(row.updated_at),
})
