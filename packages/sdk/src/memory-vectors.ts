import { AppError } from '@runnel/protocol/errors'
import type { ChunkQuery, FoundChunk, VectorChunk, VectorCollection, VectorsPort } from './vectors.ts'

/** Collections that live as long as this object. */
export function createMemoryVectors(): VectorsPort {
  const collections = new Map<string, VectorCollection>()
  return {
    collection(name) {
      const known = collections.get(name) ?? createMemoryCollection()
      collections.set(name, known)
      return known
    },
    knowledgeBase: async () => undefined,
    memoryBase: async () => undefined,
  }
}

/** A collection in memory, compared chunk by chunk. */
export function createMemoryCollection(): VectorCollection {
  const chunks = new Map<string, VectorChunk>()

  function check({ length }: readonly number[]): void {
    const [one] = chunks.values()
    if (!one || one.vector.length === length) return
    const why = `The collection holds vectors of length ${one.vector.length}, and this embedding model gives ${length}.`
    throw new AppError('invalid_field', [why])
  }

  return {
    known: async (keys) => new Set(keys.filter((key) => chunks.has(key))),
    async add(given) {
      const added = given.filter(({ key }) => !chunks.has(key))
      for (const chunk of added) {
        check(chunk.vector)
        chunks.set(chunk.key, chunk)
      }
      return { added: added.length, skipped: given.length - added.length }
    },
    async keepOnly(keys) {
      const kept = new Set(keys)
      for (const key of chunks.keys()) if (!kept.has(key)) chunks.delete(key)
    },
    async search(query) {
      if (query.vector) check(query.vector)
      return found([...chunks.values()], query)
    },
  }
}

function found(chunks: readonly VectorChunk[], query: ChunkQuery): readonly FoundChunk[] {
  const { vector, text, limit, filter = {}, withVectors } = query
  const words = new Set(wordsOf(text ?? ''))
  const scored = chunks
    .filter(({ metadata }) => fits(metadata, filter))
    .map((chunk) => {
      const distance = vector ? distanceBetween(vector, chunk.vector) : null
      const shared = text === undefined ? 0 : wordsOf(chunk.text).filter((word) => words.has(word)).length
      return { chunk, distance, shared }
    })
    .filter(({ shared }) => vector !== undefined || text === undefined || shared > 0)
  scored.sort((a, b) => b.shared - a.shared || (a.distance ?? 0) - (b.distance ?? 0))
  return scored.slice(0, limit).map(({ chunk: { vector: own, ...chunk }, distance }) => ({
    ...chunk,
    distance,
    ...(withVectors && { vector: own }),
  }))
}

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

const fits = (metadata: VectorChunk['metadata'], filter: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(filter).every(([name, wanted]) =>
    (Array.isArray(wanted) ? wanted : [wanted]).some((value) => String(value) === String(metadata[name])),
  )

/** Euclidean. */
export function distanceBetween(a: readonly number[], b: readonly number[]): number {
  return Math.sqrt(a.reduce((sum, value, at) => sum + (value - (b[at] ?? 0)) ** 2, 0))
}
