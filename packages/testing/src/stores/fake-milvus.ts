import type { FakeService } from '../answering-server.ts'
import { nearestOf } from './kept-documents.ts'

type Entity = Readonly<Record<string, unknown>>
interface Body {
  readonly collectionName: string
  readonly primaryFieldName?: string
  readonly vectorFieldName?: string
  readonly dimension?: number
  readonly data?: readonly unknown[]
  readonly limit?: number
  readonly filter?: string
  readonly outputFields?: readonly string[]
}

/** Milvus behind its HTTP API, version 2; failures come with status 200, as there. Filters are `NAME in […]`. */
export function fakeMilvus(): FakeService {
  const collections = new Map<string, { readonly made: Body; readonly entities: Map<string, Entity> }>()
  return ({ path, headers, body }) => {
    if (headers.authorization !== 'Bearer root:secret')
      return { body: { code: 1800, message: 'user hasn’t authenticated' } }
    const given = body as Body // what the tests send
    const action = path.replace('/v2/vectordb', '')
    const collection = collections.get(given.collectionName)
    if (action === '/collections/has') return { body: { code: 0, data: { has: collection !== undefined } } }
    if (action === '/collections/drop') {
      collections.delete(given.collectionName)
      return { body: { code: 0, data: {} } }
    }
    if (action === '/collections/create') {
      collections.set(given.collectionName, { made: given, entities: new Map() })
      return { body: { code: 0, data: {} } }
    }
    if (!collection) return { body: { code: 100, message: `can't find collection[${given.collectionName}]` } }
    const { made, entities } = collection
    const [key = '', field = ''] = [made.primaryFieldName, made.vectorFieldName]
    if (action === '/entities/upsert') {
      for (const entity of given.data as readonly Entity[]) entities.set(String(entity[key]), entity)
      return { body: { code: 0, data: { upsertCount: given.data?.length } } }
    }
    const all = Array.from(entities.values(), (entity) => ({ entity, vector: entity[field] as readonly number[] }))
    const fits = ({ entity }: { readonly entity: Entity }) =>
      (given.filter ?? '') === '' || (given.filter ?? '').split(' and ').every((part) => holds(entity, part))
    const found = nearestOf(all, given.data?.[0] as readonly number[], given.limit ?? 1, fits)
    const withVector = given.outputFields?.includes(field)
    return {
      body: {
        code: 0,
        data: found.map(({ entity, score }) => {
          const { [field]: vector, ...rest } = entity
          return { ...rest, id: entity[key], distance: score, ...(withVector && { [field]: vector }) }
        }),
      },
    }
  }
}

function holds(entity: Entity, part: string): boolean {
  const match = /^(\w+) in (\[.*\])$/.exec(part)
  if (!match) throw new Error(`unsupported filter ${part}`)
  return JSON.parse(match[2] ?? '[]').includes(entity[match[1] ?? ''])
}
