import type { FakeService } from '../answering-server.ts'
import { nearestOf } from './kept-documents.ts'

interface Entry {
  readonly id: string
  readonly values: readonly number[]
  readonly metadata: Readonly<Record<string, unknown>>
}
interface Body {
  readonly namespace?: string
  readonly vectors?: readonly Entry[]
  readonly vector?: readonly number[]
  readonly topK?: number
  readonly includeValues?: boolean
  readonly filter?: Readonly<Record<string, { readonly $in: readonly unknown[] }>>
}

/** Pinecone with one index, `docs`, whose host is `docs-1.svc.pinecone.test`. */
export function fakePinecone(): FakeService {
  const namespaces = new Map<string, Map<string, Entry>>()
  return ({ path, headers, body }) => {
    if (headers['api-key'] !== 'key') return { status: 401, body: 'Invalid API Key' }
    if (path.startsWith('/indexes/')) {
      if (path !== '/indexes/docs') return { status: 404, body: { error: { message: 'Resource docs not found' } } }
      return { body: { name: 'docs', dimension: 64, metric: 'cosine', host: 'docs-1.svc.pinecone.test' } }
    }
    const given = (body ?? {}) as Body // what the tests send
    const entries = namespaces.get(given.namespace ?? '') ?? new Map<string, Entry>()
    namespaces.set(given.namespace ?? '', entries)
    if (path === '/vectors/upsert') {
      for (const entry of given.vectors ?? []) entries.set(entry.id, entry)
      return { body: { upsertedCount: given.vectors?.length } }
    }
    const fits = ({ metadata }: Entry) =>
      Object.entries(given.filter ?? {}).every(([name, { $in }]) => $in.includes(metadata[name]))
    const all = Array.from(entries.values(), (entry) => ({ ...entry, vector: entry.values }))
    const matches = nearestOf(all, given.vector ?? [], given.topK ?? 1, fits).map(
      ({ id, score, values, metadata }) => ({
        id,
        score,
        values: given.includeValues ? values : [],
        metadata,
      }),
    )
    return { body: { matches, namespace: given.namespace } }
  }
}
