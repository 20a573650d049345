import type { FakeService } from '../answering-server.ts'
import { nearestOf } from './kept-documents.ts'

interface Point {
  readonly id: string
  readonly vector: readonly number[]
  readonly payload: Readonly<Record<string, unknown>>
}
interface Body {
  readonly vectors?: { readonly size: number; readonly distance: string }
  readonly points?: readonly Point[]
  readonly ids?: readonly string[]
  readonly query?: readonly number[]
  readonly limit?: number
  readonly with_vector?: boolean
  readonly filter?: {
    readonly must: readonly { readonly key: string; readonly match: { readonly any: readonly unknown[] } }[]
  }
}

/** A Qdrant that holds its collections in memory, and knows the key `key`. */
export function fakeQdrant(): FakeService {
  const collections = new Map<string, { readonly size: number; readonly points: Map<string, Point> }>()
  return ({ method, path, headers, body }) => {
    if (headers['api-key'] !== 'key') return { status: 403, body: 'forbidden' }
    const given = (body ?? {}) as Body // what the tests send
    const [, name = '', action] = /^\/collections\/([^/?]+)(?:\/(.*))?$/.exec(path) ?? []
    const collection = collections.get(name)
    if (method === 'PUT' && action === undefined) {
      collections.set(name, { size: given.vectors?.size ?? 0, points: new Map() })
      return { body: { result: true } }
    }
    if (!collection) return { status: 404, body: { status: { error: `Not found: Collection ${name}` } } }
    const { points, size } = collection
    if (action === undefined) return { body: { result: { status: 'green' } } }
    if (action === 'points?wait=true') {
      for (const point of given.points ?? []) {
        if (point.vector.length !== size)
          return { status: 400, body: { status: { error: 'Wrong input: Vector dimension' } } }
        points.set(point.id, point)
      }
      return { body: { result: { status: 'completed' } } }
    }
    if (action === 'points') {
      return { body: { result: given.ids?.filter((id) => points.has(id)).map((id) => ({ id })) } }
    }
    const fits = ({ payload }: Point) =>
      (given.filter?.must ?? []).every(({ key, match }) =>
        match.any.includes(
          key.split('.').reduce<unknown>((value, part) => (value as Record<string, unknown>)?.[part], payload),
        ),
      )
    const found = nearestOf(points.values(), given.query ?? [], given.limit ?? 10, fits)
    return {
      body: {
        result: {
          points: found.map(({ vector, ...point }) => (given.with_vector ? { ...point, vector } : point)),
        },
      },
    }
  }
}
