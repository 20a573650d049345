import { BSON, type Document } from 'mongodb'
import { type ListeningServer, listening } from '../listening.ts'
import { nearestOf } from './kept-documents.ts'

export interface FakeMongodb extends ListeningServer {
  readonly url: string
  /** The commands it was sent, without those that keep connections alive. */
  readonly seen: readonly Document[]
}

interface Kept {
  readonly rows: Map<unknown, Document>
  readonly indexes: Document[]
}

const OP_REPLY = 1
const OP_QUERY = 2004
const OP_MSG = 2013
const HEADER = 16

/**
 * A MongoDB server on loopback that speaks its wire protocol, with collections and, unless `search` is false, with
 * indexes of vectors, ready as soon as they are made.
 */
export async function fakeMongodb({ search = true } = {}): Promise<FakeMongodb> {
  const collections = new Map<string, Kept>()
  const seen: Document[] = []
  const server = await listening((socket) => {
    let held = Buffer.alloc(0)
    socket.on('data', (bytes: Buffer) => {
      held = Buffer.concat([held, bytes])
      while (held.length >= 4 && held.length >= held.readInt32LE(0)) {
        const message = held.subarray(0, held.readInt32LE(0))
        held = held.subarray(message.length)
        const requestId = message.readInt32LE(4)
        if (message.readInt32LE(12) === OP_QUERY) {
          socket.write(
            framed(requestId, OP_REPLY, [Buffer.from([8, ...Array(15).fill(0), 1, 0, 0, 0]), encoded(HELLO)]),
          )
          continue
        }
        const reply = answer(commandIn(message))
        socket.write(framed(requestId, OP_MSG, [Buffer.alloc(5), encoded(reply)]))
      }
    })
  })

  function answer(command: Document): Document {
    const [name = '', target] = Object.entries(command)[0] ?? []
    if (['hello', 'ismaster', 'isMaster'].includes(name)) return HELLO
    if (['ping', 'endSessions'].includes(name)) return { ok: 1 }
    seen.push(command)
    const kept: Kept = collections.get(String(target)) ?? { rows: new Map(), indexes: [] }
    collections.set(String(target), kept)
    const { rows, indexes } = kept
    switch (name) {
      case 'find':
        return cursor([...rows.values()].filter((row) => fits(row, command.filter)))
      case 'delete':
        rows.clear()
        return { ok: 1, n: 0 }
      case 'update':
        for (const { q, u } of command.updates) rows.set(q._id, { _id: q._id, ...u })
        return { ok: 1, n: command.updates.length, nModified: command.updates.length }
      case 'createSearchIndexes':
        indexes.push(...command.indexes)
        return { ok: 1, indexesCreated: [] }
      case 'aggregate':
        return search ? cursor(found(kept, command.pipeline)) : NO_SEARCH
      default:
        return { ok: 0, code: 59, errmsg: `no such command: '${name}'` }
    }
  }

  return {
    port: server.port,
    url: `mongodb://127.0.0.1:${server.port}/`,
    seen,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

const HELLO = {
  helloOk: true,
  ismaster: true,
  isWritablePrimary: true,
  maxBsonObjectSize: 16_777_216,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  minWireVersion: 0,
  maxWireVersion: 25,
  readOnly: false,
  ok: 1,
}
const NO_SEARCH = {
  ok: 0,
  code: 31_082,
  codeName: 'SearchNotEnabled',
  errmsg:
    'Using Atlas Search Database Commands and the $listSearchIndexes aggregation stage requires additional configuration.',
}

function found({ rows, indexes }: Kept, pipeline: readonly Document[]): readonly Document[] {
  const [first = {}, ...stages] = pipeline
  if (first.$listSearchIndexes) {
    return indexes
      .filter(({ name }) => name === first.$listSearchIndexes.name)
      .map((index) => ({ ...index, queryable: true }))
  }
  const { index: name, path, queryVector, limit, filter } = first.$vectorSearch
  const index = indexes.find((one) => one.name === name)
  const known = index?.definition.fields
    .filter(({ type }: Document) => type === 'filter')
    .map((one: Document) => one.path)
  const conditions: readonly Document[] = filter?.$and ?? []
  if (!conditions.flatMap(Object.keys).every((key) => known?.includes(key))) throw new Error('Path needs to be indexed')
  const all = [...rows.values()].map((row) => ({ row, vector: row[path] }))
  const near = nearestOf(all, queryVector, limit, ({ row }) => fits(row, filter)).map(({ row, score }) => ({
    row,
    score,
  }))
  const match = stages.find(({ $match }) => $match)?.$match
  const most = stages.find(({ $limit }) => $limit)?.$limit ?? limit
  const field = Object.keys(stages[0]?.$set ?? {})[0] ?? 'score'
  return near
    .filter(({ row }) => fits(row, match))
    .slice(0, most)
    .map(({ row, score }) => ({ ...row, [field]: score }))
}

/** `{ a: { $in: [...] }, $and: [...] }` */
function fits(row: Document, filter: Document = {}): boolean {
  return Object.entries(filter).every(([name, condition]) =>
    name === '$and' ? condition.every((one: Document) => fits(row, one)) : condition.$in.includes(row[name]),
  )
}

const cursor = (firstBatch: readonly Document[]): Document => ({ ok: 1, cursor: { id: 0n, ns: 'db.c', firstBatch } })

const encoded = (document: Document): Buffer => Buffer.from(BSON.serialize(document))

/** The document of an OP_MSG, with the lists that come behind it. */
function commandIn(message: Buffer): Document {
  let at = HEADER + 4
  let command: Document = {}
  while (at < message.length) {
    const kind = message[at]
    const begin = at + 1
    const length = message.readInt32LE(begin)
    const part = message.subarray(begin, begin + length)
    if (kind === 0) command = { ...BSON.deserialize(part), ...command }
    else {
      const nameEnd = part.indexOf(0, 4)
      const list: Document[] = []
      for (let next = nameEnd + 1; next < part.length; next += part.readInt32LE(next)) {
        list.push(BSON.deserialize(part.subarray(next, next + part.readInt32LE(next))))
      }
      command = { ...command, [part.toString('utf8', 4, nameEnd)]: list }
    }
    at = begin + length
  }
  return command
}

function framed(responseTo: number, code: number, parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat([...parts])
  const header = Buffer.alloc(HEADER)
  header.writeInt32LE(HEADER + body.length, 0)
  header.writeInt32LE(responseTo, 8)
  header.writeInt32LE(code, 12)
  return Buffer.concat([header, body])
}
