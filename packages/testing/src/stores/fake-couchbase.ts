import type { FakeService } from '../answering-server.ts'
import { nearestOf } from './kept-documents.ts'

interface Kept {
  readonly id: string
  readonly text: string
  readonly metadata: unknown
  readonly vector: readonly number[]
}

/** A Couchbase with one collection, `b`.`s`.`c`, and one index over it, `i`; its user is `u` with the password `p`. */
export function fakeCouchbase(): FakeService {
  const documents = new Map<string, Kept>()
  return ({ path, headers, body }) => {
    if (headers.authorization !== 'Basic dTpw') return { status: 401, body: { error: 'authentication failure' } }
    const { statement = '', args = [], knn = [] } = Object(body)
    if (path === '/api/bucket/b/scope/s/index/i/query') {
      const [{ vector, k }] = knn
      return { body: { hits: nearestOf(documents.values(), vector, k).map(({ id, score }) => ({ id, score })) } }
    }
    if (path !== '/query/service') return { status: 404, body: { error: 'index not found' } }
    if (!statement.includes('`b`.`s`.`c`')) return { body: { errors: [{ msg: 'Keyspace not found' }] } }
    if (statement.startsWith('UPSERT')) {
      for (const { id, value } of args[0]) {
        documents.set(id, { id, text: value.text, metadata: value.metadata, vector: value.embedding })
      }
      return { body: { results: [] } }
    }
    const found = args[0].flatMap((id: string) => documents.get(id) ?? [])
    if (statement.startsWith('SELECT RAW')) return { body: { results: found.map(({ id }: Kept) => id) } }
    const results = found.map(({ vector, ...row }: Kept) =>
      statement.includes('d.embedding') ? { ...row, embedding: vector } : row,
    )
    return { body: { results } }
  }
}
