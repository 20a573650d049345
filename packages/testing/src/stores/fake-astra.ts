import type { FakeService } from '../answering-server.ts'
import { nearestOf, sharedWords } from './kept-documents.ts'

type Row = Readonly<Record<string, unknown>> & { readonly _id: string }
interface Collection {
  readonly options: Readonly<Record<string, unknown>>
  readonly rows: Map<string, Row>
}
interface Command {
  readonly sort?: {
    readonly $vector?: readonly number[]
    readonly $vectorize?: string
    readonly $hybrid?: { readonly $vector?: readonly number[]; readonly $vectorize?: string; readonly $lexical: string }
  }
  readonly filter?: Readonly<Record<string, unknown>>
  readonly options?: { readonly limit?: number; readonly skip?: number; readonly pageState?: string }
  readonly document?: Row
  readonly update?: { readonly $set?: Readonly<Record<string, unknown>> }
  readonly projection?: Readonly<Record<string, number>>
  readonly documents?: readonly Row[]
  readonly name?: string
}

/** What collections there are, by name, with their options. */
export type AstraCollections = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/**
 * Astra DB: its Data API with the collections given, and a DevOps API with one database, `demo`, in `us-east-2`. A
 * collection whose vectors have a `service` embeds texts by their words.
 */
export function fakeAstra(made: AstraCollections = {}, token = 'token'): FakeService {
  const collections = new Map<string, Collection>(
    Object.entries(made).map(([name, options]) => [name, { options, rows: new Map() }]),
  )
  return ({ path, headers, body }) => {
    if (path.startsWith('/v2/databases')) {
      if (headers.authorization !== `Bearer ${token}`)
        return { status: 401, body: { errors: [{ description: 'JWT not valid' }] } }
      return { body: [{ id: 'db-1', info: { name: 'demo', region: 'us-east-2', keyspace: 'default_keyspace' } }] }
    }
    if (headers.token !== token) return { status: 401, body: { errors: [{ message: 'Role unauthorized' }] } }
    const name = path.replace(/^\/(api\/json\/)?v1\//, '').split('/')[1]
    const [command = '', given = {}] = Object.entries(body as Readonly<Record<string, Command>>)[0] ?? []
    if (command === 'findCollections') {
      return {
        body: { status: { collections: Array.from(collections, ([id, { options }]) => ({ name: id, options })) } },
      }
    }
    if (command === 'createCollection') {
      collections.set(given.name ?? '', { options: (given.options ?? {}) as Collection['options'], rows: new Map() })
      return { body: { status: { ok: 1 } } }
    }
    const collection = collections.get(name ?? '')
    if (!collection)
      return {
        body: { errors: [{ message: `Collection does not exist: ${name}`, errorCode: 'COLLECTION_NOT_EXIST' }] },
      }
    return { body: answer(collection, command, given) }
  }
}

/** Documents Astra DB gives at a time. */
const PAGE = 20

function answer({ rows, options }: Collection, command: string, given: Command) {
  switch (command) {
    case 'insertMany': {
      const errors = []
      for (const row of given.documents ?? []) {
        if (rows.has(row._id)) {
          const message = `Failed to insert document with _id '${row._id}': it already exists`
          errors.push({ message, errorCode: 'DOCUMENT_ALREADY_EXISTS' })
        } else if ('$lexical' in row && !(options.lexical as { enabled?: boolean } | undefined)?.enabled) {
          errors.push({ message: 'lexical search is not enabled', errorCode: 'LEXICAL_NOT_ENABLED_FOR_COLLECTION' })
        } else rows.set(row._id, row)
      }
      const insertedIds = (given.documents ?? []).map(({ _id }) => _id)
      return { status: { insertedIds }, ...(errors.length > 0 && { errors }) }
    }
    case 'insertOne': {
      const _id = given.document?._id ?? `made-${rows.size}`
      rows.set(_id, { ...given.document, _id })
      return { status: { insertedIds: [_id] } }
    }
    case 'updateOne': {
      const row = [...rows.values()].find((one) => fits(one, given.filter))
      if (row) rows.set(row._id, { ...row, ...given.update?.$set })
      return { status: { matchedCount: row ? 1 : 0, modifiedCount: row ? 1 : 0 } }
    }
    case 'countDocuments':
      return { status: { count: [...rows.values()].filter((row) => fits(row, given.filter)).length } }
    case 'estimatedDocumentCount':
      return { status: { count: rows.size } }
    case 'deleteOne': {
      const row = [...rows.values()].find((one) => fits(one, given.filter))
      return { status: { deletedCount: row && rows.delete(row._id) ? 1 : 0 } }
    }
    case 'deleteMany': {
      const gone = [...rows.values()].filter((one) => fits(one, given.filter))
      for (const row of gone) rows.delete(row._id)
      return { status: { deletedCount: gone.length } }
    }
    case 'find': {
      const all = found(rows, given).map(({ row, score }) => shown(row, given, score))
      // Pages are for what has no order of its own.
      if (given.sort) return { data: { documents: all, nextPageState: null } }
      const begin = Number(given.options?.pageState ?? given.options?.skip ?? 0)
      const documents = all.slice(begin, begin + Math.min(PAGE, given.options?.limit ?? PAGE))
      const next = begin + documents.length
      return { data: { documents, nextPageState: next < all.length ? String(next) : null } }
    }
    case 'findAndRerank': {
      const { $hybrid } = given.sort ?? {}
      const near = found(rows, { ...given, sort: $hybrid, options: {} } as Command)
      const lexical = (row: Row) => sharedWords(String(row.$lexical ?? ''), $hybrid?.$lexical ?? '')
      const ranked = near.toSorted((a, b) => lexical(b.row) - lexical(a.row)).slice(0, given.options?.limit)
      return {
        data: { documents: ranked.map(({ row }) => shown(row, given)) },
        status: { documentResponses: ranked.map(({ row }) => ({ scores: { $rerank: lexical(row) } })) },
      }
    }
    default:
      return { errors: [{ message: `No command "${command}"` }] }
  }
}

function found(rows: ReadonlyMap<string, Row>, { sort, filter, options }: Command) {
  const limit = options?.limit ?? 1000
  const fitting = [...rows.values()].filter((row) => fits(row, filter))
  if (sort?.$vector) {
    const withVectors = fitting.map((row) => ({ row, vector: row.$vector as readonly number[] }))
    return nearestOf(withVectors, sort.$vector, limit)
  }
  const words = (row: Row) => sharedWords(String(row.$vectorize ?? ''), sort?.$vectorize ?? '')
  if (sort?.$vectorize === undefined) return fitting.map((row) => ({ row, score: undefined }))
  const ranked = fitting.toSorted((a, b) => words(b) - words(a))
  return ranked.slice(0, limit).map((row) => ({ row, score: words(row) }))
}

function shown({ $vector, $lexical: _, ...row }: Row, { projection }: Command, $similarity?: number) {
  return { ...row, ...(projection?.$vector === 1 && { $vector }), ...($similarity !== undefined && { $similarity }) }
}

function fits(row: Row, filter: Command['filter'] = {}): boolean {
  return Object.entries(filter).every(([path, wanted]) => {
    const value = path
      .split('.')
      .reduce<unknown>((held, part) => (held as Record<string, unknown> | undefined)?.[part], row)
    const { $in: any, $eq = wanted } = Object(wanted) as { readonly $in?: readonly unknown[]; readonly $eq?: unknown }
    return [value].flat().some((one) => (any ? any.includes(one) : one === $eq))
  })
}
