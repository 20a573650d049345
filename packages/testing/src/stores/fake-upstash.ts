import type { FakeService } from '../answering-server.ts'
import { nearestOf, sharedWords } from './kept-documents.ts'

interface Entry {
  readonly id: string
  readonly vector?: readonly number[]
  readonly data?: string
  readonly metadata: Readonly<Record<string, unknown>>
}
interface Query {
  readonly vector?: readonly number[]
  readonly data?: string
  readonly topK: number
  readonly includeVectors: boolean
  readonly filter: string
}

/** An Upstash Vector index that embeds texts by their words; it understands filters of `NAME IN ('…')` and AND. */
export function fakeUpstash(): FakeService {
  const namespaces = new Map<string, Map<string, Entry>>()
  return ({ path, headers, body }) => {
    if (headers.authorization !== 'Bearer token') return { status: 401, body: { error: 'Unauthorized', status: 401 } }
    const [, action = '', namespace = ''] = path.split('/')
    const entries = namespaces.get(namespace) ?? new Map<string, Entry>()
    namespaces.set(namespace, entries)
    if (action.startsWith('upsert')) {
      for (const entry of body as readonly Entry[]) entries.set(entry.id, entry) // what the tests send
      return { body: { result: 'Success' } }
    }
    const query = body as Query // what the tests send
    const fits = ({ metadata }: Entry) =>
      conditions(query.filter).every(([name, values]) => values.includes(String(metadata[name])))
    const found =
      action === 'query-data'
        ? [...entries.values()]
            .filter(fits)
            .map((entry) => ({ ...entry, score: sharedWords(entry.data ?? '', query.data ?? '') }))
            .sort((a, b) => b.score - a.score)
            .slice(0, query.topK)
        : nearestOf(
            Array.from(entries.values(), (entry) => ({ ...entry, vector: entry.vector ?? [] })),
            query.vector ?? [],
            query.topK,
            fits,
          )
    return {
      body: {
        result: found.map(({ id, score, metadata, vector }) => ({
          id,
          score,
          metadata,
          ...(query.includeVectors && { vector }),
        })),
      },
    }
  }
}

function conditions(filter: string): readonly (readonly [string, readonly string[]])[] {
  if (filter === '') return []
  return filter.split(' AND ').map((part) => {
    const match = /^(\w+) IN \((.*)\)$/.exec(part)
    if (!match) throw new Error(`unsupported filter ${part}`)
    return [match[1] ?? '', (match[2] ?? '').split(', ').map((value) => value.replace(/^'|'$/g, ''))]
  })
}
