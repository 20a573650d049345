import type { FakeService } from '../answering-server.ts'
import { nearestOf } from './kept-documents.ts'

interface Kept {
  readonly id: string
  readonly source: Readonly<Record<string, unknown>>
  readonly vector: readonly number[]
}
interface Knn {
  readonly field?: string
  readonly query_vector?: readonly number[]
  readonly vector?: readonly number[]
  readonly k: number
  readonly filter?: unknown
}
interface Search {
  readonly knn?: Knn
  readonly query?: { readonly knn?: Readonly<Record<string, Knn>>; readonly match_all?: object }
  readonly size: number
  readonly _source: true | { readonly excludes: readonly string[] }
}
type Line = Readonly<Record<string, unknown>> & { readonly index?: { readonly _index: string; readonly _id: string } }

/** Elasticsearch and OpenSearch, as far as they are the same: indexes, `_bulk`, `_mget`, and searches of both. */
export function fakeSearchIndex(authorization: string, vectorField = 'vector'): FakeService {
  const indexes = new Map<string, Map<string, Kept>>()
  return ({ method, path, headers, body }) => {
    if (headers.authorization !== authorization) return { status: 401, body: { error: { type: 'security_exception' } } }
    if (path.startsWith('/_bulk')) return { body: bulk(indexes, body as readonly Line[], vectorField) }
    const [, name = '', action = ''] = /^\/([^/?]+)(?:\/([^?]+))?/.exec(path) ?? []
    const kept = indexes.get(name)
    if (method === 'PUT') {
      indexes.set(name, new Map())
      return { body: { acknowledged: true, index: name } }
    }
    if (!kept) return { status: 404, body: { error: { type: 'index_not_found_exception' } } }
    if (action === '') return { body: { [name]: {} } }
    if (action === '_mget') {
      const { ids } = body as { readonly ids: readonly string[] }
      return { body: { docs: ids.map((_id) => ({ _id, found: kept.has(_id) })) } }
    }
    return { body: search(kept, body as Search, vectorField) }
  }
}

function bulk(indexes: ReadonlyMap<string, Map<string, Kept>>, lines: readonly Line[], vectorField: string) {
  const items = []
  for (let at = 0; at + 1 < lines.length; at += 2) {
    const [action, source = {}] = [lines[at]?.index, lines[at + 1]]
    const kept = indexes.get(action?._index ?? '')
    const vector = source[vectorField] as readonly number[] | undefined
    if (!kept || !vector) items.push({ index: { status: 400, error: { type: 'mapper_parsing_exception' } } })
    else {
      kept.set(action?._id ?? '', { id: action?._id ?? '', source, vector })
      items.push({ index: { status: 201 } })
    }
  }
  return { errors: items.some(({ index }) => 'error' in index), items }
}

function search(kept: ReadonlyMap<string, Kept>, asked: Search, vectorField: string) {
  const knn = asked.knn ?? asked.query?.knn?.[vectorField]
  const clauses = JSON.stringify(knn?.filter ?? []).matchAll(/"metadata\.(\w+?)(?:\.keyword)?":(\[[^\]]*\])/g)
  const conditions = Array.from(clauses, ([, name = '', values = '[]']) => [name, JSON.parse(values)] as const)
  const fits = ({ source }: Kept) => {
    const metadata = source.metadata as Readonly<Record<string, unknown>>
    return conditions.every(([name, values]) => values.includes(metadata[name]))
  }
  const found = knn
    ? nearestOf(kept.values(), knn.query_vector ?? knn.vector ?? [], knn.k, fits)
    : Array.from(kept.values(), (one) => ({ ...one, score: 1 })).slice(0, asked.size)
  return {
    hits: {
      hits: found.map(({ id, score, source }) => {
        const { [vectorField]: vector, ...rest } = source
        return {
          _id: id,
          _score: (1 + score) / 2,
          _source: asked._source === true ? { ...rest, [vectorField]: vector } : rest,
        }
      }),
    },
  }
}
