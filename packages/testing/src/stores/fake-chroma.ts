import type { FakeService } from '../answering-server.ts'

interface Stored {
  readonly text: string
  readonly metadata: Readonly<Record<string, unknown>> | null
  readonly vector: readonly number[]
}
interface Body {
  readonly name?: string
  readonly ids?: readonly string[]
  readonly embeddings?: readonly (readonly number[])[]
  readonly documents?: readonly string[]
  readonly metadatas?: readonly (Readonly<Record<string, unknown>> | null)[]
  readonly query_embeddings?: readonly (readonly number[])[]
  readonly n_results?: number
  readonly include?: readonly string[]
  readonly where?: Readonly<Record<string, unknown>>
}

const HOME = '/api/v2/tenants/default_tenant/databases/default_database/collections'

/** A Chroma server (version 2 of its API) that holds its collections in memory. */
export function fakeChroma(): FakeService {
  const collections = new Map<string, Map<string, Stored>>()
  return ({ path, body }) => {
    const given = (body ?? {}) as Body // what the tests send
    if (path === HOME) {
      const name = given.name ?? ''
      if (!collections.has(name)) collections.set(name, new Map())
      return { body: { id: name, name } }
    }
    const [name = '', action] = path.slice(HOME.length + 1).split('/')
    const stored = collections.get(name)
    if (!stored) return { status: 404, body: { error: 'NotFoundError' } }
    if (action === 'get') return { body: { ids: given.ids?.filter((id) => stored.has(id)) ?? [] } }
    if (action === 'upsert') {
      for (const [at, id] of (given.ids ?? []).entries()) {
        const metadata = given.metadatas?.[at] ?? null
        if (metadata && Object.keys(metadata).length === 0) return { status: 400, body: { error: 'empty metadata' } }
        stored.set(id, { text: given.documents?.[at] ?? '', metadata, vector: given.embeddings?.[at] ?? [] })
      }
      return { status: 200, body: {} }
    }
    const [query = []] = given.query_embeddings ?? []
    const found = Array.from(stored, ([id, entry]) => ({ id, ...entry, distance: squared(query, entry.vector) }))
      .filter(({ metadata }) => fits(metadata ?? {}, given.where))
      .sort((a, b) => a.distance - b.distance)
      .slice(0, given.n_results)
    const wanted = (name: string) => given.include?.includes(name)
    return {
      body: {
        ids: [found.map(({ id }) => id)],
        documents: [found.map(({ text }) => text)],
        metadatas: [found.map(({ metadata }) => metadata)],
        distances: [found.map(({ distance }) => distance)],
        embeddings: wanted('embeddings') ? [found.map(({ vector }) => vector)] : null,
      },
    }
  }
}

const squared = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, at) => sum + (value - (b[at] ?? 0)) ** 2, 0)

function fits(metadata: Readonly<Record<string, unknown>>, where: Body['where']): boolean {
  if (!where) return true
  const all = where.$and
  if (Array.isArray(all)) return all.every((one) => fits(metadata, one))
  return Object.entries(where).every(([name, condition]) => {
    const { $eq, $in } = condition as { $eq?: unknown; $in?: readonly unknown[] } // Chroma's two we use
    return $in ? $in.includes(metadata[name]) : metadata[name] === $eq
  })
}
