import { AppError, messageOf } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import type { RunContext } from '@runnel/sdk'
import type { Collection, Document, MongoClient, MongoClientOptions } from 'mongodb'
import { conditionsOf, numberIn, vectorIn } from './json-service.ts'
import { createLease } from './lease.ts'
import { clientCertificate, mongodbAddress } from './mongodb-address.ts'
import { poll } from './poll.ts'
import type { FoundDocument, StoreBackend } from './vector-store.ts'

export interface MongodbAsked {
  readonly address: string
  /** A certificate to sign in with, and its key; empty for none. */
  readonly certificate: string
  readonly database: string
  readonly collection: string
  /** New documents take the place of all others. */
  readonly overwrites: boolean
  readonly index: {
    readonly name: string
    /** Where documents keep their vectors. */
    readonly field: string
    /** Entries of the metadata the index may be asked for. */
    readonly filters: readonly string[]
    readonly similarity: string
    readonly quantization: string
  }
}

/** Where LangChain keeps texts, so that what others have kept is found too. */
const TEXT = 'text'
const SCORE = '_score'
const TIMEOUTS = { connectTimeoutMS: 10_000, serverSelectionTimeoutMS: 10_000, socketTimeoutMS: 60_000 } as const
/** How often a new index is looked at; Atlas takes half a minute to make one. */
const EVERY_MS = 2000
const LONGEST_MS = 120_000

/** A collection of MongoDB with an index of its vectors, which is made when it is not there. */
export function mongodbCollection(asked: MongodbAsked, context: RunContext): StoreBackend {
  const address = mongodbAddress(asked.address)
  const { index } = asked
  const clients = createLease<MongoClient>(
    {
      async open() {
        const { MongoClient } = await import('mongodb')
        return explained('Failed to connect to MongoDB Atlas', () =>
          new MongoClient(address, settingsOf(asked)).connect(),
        )
      },
      close: (client) => client.close(),
    },
    context,
  )
  const use = <Value>(work: (collection: Collection<Kept>) => Promise<Value>) =>
    clients.use((client) =>
      explained('MongoDB', () => work(client.db(asked.database).collection<Kept>(asked.collection))),
    )
  let isEmptied = false

  return {
    provider: 'MongoDB Atlas',
    known: (ids) =>
      asked.overwrites
        ? Promise.resolve(new Set())
        : use(async (collection) => {
            const found = collection.find({ _id: { $in: [...ids] } }, { projection: { _id: 1 } })
            return new Set((await found.toArray()).map(({ _id }) => _id))
          }),
    add: (documents) =>
      use(async (collection) => {
        if (asked.overwrites && !isEmptied) await collection.deleteMany({})
        isEmptied = true
        await collection.bulkWrite(
          documents.map(({ id, text, metadata, vector }) => ({
            replaceOne: {
              filter: { _id: id },
              replacement: { ...metadata, [TEXT]: text, [index.field]: [...vector] },
              upsert: true,
            },
          })),
          { ordered: false },
        )
      }),
    nearest: (vector, { limit, filter, withVectors }) =>
      use(async (collection) => {
        await prepareIndex(collection, asked, vector.length, context)
        const found = await collection.aggregate(searchOf(asked, vector, limit, filter)).toArray()
        return found.map((document) => documentOf(document, index.field, withVectors))
      }),
  }
}

interface Kept extends Document {
  readonly _id: string
}

function settingsOf({ address, certificate }: MongodbAsked): MongoClientOptions {
  const pem = certificate === '' ? undefined : clientCertificate(certificate)
  // What the address says goes before.
  const timeouts = Object.entries(TIMEOUTS).filter(([name]) => !address.toLowerCase().includes(name.toLowerCase()))
  return {
    ...Object.fromEntries(timeouts),
    maxPoolSize: 2,
    appName: 'runnel',
    ...(pem !== undefined && { tls: true, cert: pem, key: pem }),
  }
}

/** Makes the index when it is not there, and waits until it can be asked. */
async function prepareIndex(
  collection: Collection<Kept>,
  { index: { name, field, filters, similarity, quantization } }: MongodbAsked,
  numDimensions: number,
  { signal }: RunContext,
): Promise<void> {
  // Its state stands besides what the driver's types know of.
  const found = async () => (await collection.listSearchIndexes(name).toArray()).at(0) as Document | undefined
  const isReady = (known: Document | undefined) => known?.queryable !== false && known?.status !== 'FAILED'
  const known = await found()
  if (known && isReady(known)) return
  if (!known) {
    const vector = { type: 'vector', path: field, numDimensions, similarity, ...(quantization && { quantization }) }
    const fields = [vector, ...filters.map((path) => ({ type: 'filter', path }))]
    await collection.createSearchIndex({ name, type: 'vectorSearch', definition: { fields } })
  }
  const until = Date.now() + LONGEST_MS
  await poll(
    async () => {
      const now = await found()
      if (now && isReady(now)) return true
      if (now?.status === 'FAILED') throw new AppError('bad_request', [`The index ${name} could not be made.`])
      if (Date.now() > until)
        throw new AppError('bad_request', [`The index ${name} is being made still. Try again later.`])
      return undefined
    },
    { everyMs: EVERY_MS, signal },
  )
}

/** Entries the index does not know are compared behind it, of more than is wanted. */
function searchOf(
  { index }: MongodbAsked,
  vector: readonly number[],
  limit: number,
  filter: Readonly<Record<string, unknown>>,
): Document[] {
  const conditions = conditionsOf(filter).map(({ name, values }) => ({ name, match: { [name]: { $in: [...values] } } }))
  const inside = conditions.filter(({ name }) => index.filters.includes(name)).map(({ match }) => match)
  const behind = conditions.filter(({ name }) => !index.filters.includes(name)).map(({ match }) => match)
  const most = behind.length > 0 ? limit * 20 : limit
  return [
    {
      $vectorSearch: {
        index: index.name,
        path: index.field,
        queryVector: [...vector],
        numCandidates: Math.min(10_000, Math.max(100, most * 10)),
        limit: Math.min(10_000, most),
        ...(inside.length > 0 && { filter: { $and: inside } }),
      },
    },
    { $set: { [SCORE]: { $meta: 'vectorSearchScore' } } },
    ...(behind.length > 0 ? [{ $match: { $and: behind } }, { $limit: limit }] : []),
  ]
}

function documentOf(document: Document, field: string, withVectors: boolean): FoundDocument {
  const { _id, [TEXT]: text, [field]: vector, [SCORE]: score, ...metadata } = document
  const own = withVectors ? vectorIn(vector) : undefined
  return {
    text: String(text ?? ''),
    metadata: Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name, plain(value)])),
    score: numberIn(score),
    ...(own && { vector: own }),
  }
}

/** Values JSON does not have, as texts. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (value instanceof Date) return value.toISOString()
  if (!isObject(value)) return value
  if ('_bsontype' in value) return String(value)
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]))
}

async function explained<Value>(doing: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    const said = messageOf(cause)
    const why = /search.*not enabled|listSearchIndexes|SearchNotEnabled|Atlas/i.test(said)
      ? `This MongoDB server has no vector search. ${said}`
      : said
    throw new AppError('bad_request', [`${doing}: ${why}`], { cause })
  }
}
