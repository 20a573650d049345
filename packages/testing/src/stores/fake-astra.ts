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
  readonly options?: { readonly limit?: number }
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
      return { status: { insertedIds: [] }, ...(errors.length > 0 && { errors }) }
    }
    case 'deleteMany': {
      for (const row of [...rows.values()].filter((one) => fits(one, given.filter))) rows.delete(row._id)
      return { status: { deletedCount: -1 } }
    }
    case 'find':
      return {
        data: { documents: found(rows, given).map(({ row, score }) => shown(row, given, score)), nextPageState: null },
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
  const ranked = sort?.$vectorize === undefined ? fitting : fitting.toSorted((a, b) => words(b) - words(a))
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
    const any = (wanted as { readonly $in?: readonly unknown[] } | null)?.$in
    return any ? any.includes(value) : value === wanted
  })
}
