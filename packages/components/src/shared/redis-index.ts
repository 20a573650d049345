import { AppError, messageOf } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import type { RunContext } from '@runnel/sdk'
import { conditionsOf } from './json-service.ts'
import { type RedisCommand, type RedisConnection, withRedis } from './redis-connection.ts'
import { entriesOfReply, textOfReply } from './redis-replies.ts'
import { flatMetadata } from './store-documents.ts'
import type { FoundDocument, StoreBackend } from './vector-store.ts'

/** The names LangChain has, so that what others have kept is found too. */
const TEXT = 'content'
const VECTOR = 'content_vector'
/** The metadata as they were: in the fields of a hash all values are texts. */
const WHOLE = '_metadata_json'
const DISTANCE = 'distance'

/** What is known of an index; undefined for one that is not there. */
interface Index {
  readonly prefix: string
  readonly fields: ReadonlySet<string>
}

/** An index of a Redis server with its search; made when it is not there. */
export function redisIndex(url: string, name: string, context: RunContext): StoreBackend {
  const redis = <Value>(work: (connection: RedisConnection) => Promise<Value>) => withRedis(url, context, work)
  const usual = `doc:${name}:`

  return {
    provider: 'Redis',
    known: (ids) =>
      redis(async (connection) => {
        const prefix = (await indexOf(connection, name))?.prefix ?? usual
        const replies = await connection.send(ids.map((id) => ['EXISTS', prefix + id]))
        return new Set(ids.filter((_, at) => replies[at] === 1))
      }),
    add: (documents) =>
      redis(async (connection) => {
        const rows = documents.map((document) => ({ ...document, metadata: flatMetadata(document.metadata) }))
        const keys = [...new Set(rows.flatMap(({ metadata }) => Object.keys(metadata)))]
        const index = await prepared(connection, name, { prefix: usual, dimension: rows[0]?.vector.length ?? 0, keys })
        const commands = rows.map(({ id, text, metadata, vector }): RedisCommand => {
          const entries = Object.entries(metadata).flatMap(([key, value]) => [key, String(value)])
          const whole = JSON.stringify(metadata)
          return ['HSET', index.prefix + id, ...entries, TEXT, text, WHOLE, whole, VECTOR, bytesOf(vector)]
        })
        const failure = (await connection.send(commands)).find((reply) => reply instanceof AppError)
        if (failure) throw failure
      }),
    nearest: (vector, { limit, filter, withVectors }) =>
      redis(async (connection) => {
        if (!(await indexOf(connection, name))) return []
        const query = `(${queryOf(filter)})=>[KNN ${Math.trunc(limit)} @${VECTOR} $vector AS ${DISTANCE}]`
        const reply = await connection.ask(
          ...['FT.SEARCH', name, query, 'PARAMS', '2', 'vector', bytesOf(vector), 'SORTBY', DISTANCE, 'ASC'],
          ...['LIMIT', '0', String(Math.trunc(limit)), 'DIALECT', '2'],
        )
        return foundIn(reply, withVectors)
      }),
  }
}

async function indexOf(connection: RedisConnection, name: string): Promise<Index | undefined> {
  const [reply] = await connection.send([['FT.INFO', name]])
  if (reply instanceof AppError) {
    if (/unknown index|no such index/i.test(reply.message)) return undefined
    throw explained(reply)
  }
  const info = entriesOfReply(reply)
  const prefixes = entriesOfReply(info.get('index_definition')).get('prefixes')
  const attributes = info.get('attributes')
  const [prefix] = Array.isArray(prefixes) ? prefixes : []
  return {
    prefix: textOfReply(prefix),
    fields: new Set(
      (Array.isArray(attributes) ? attributes : []).map((one) => textOfReply(entriesOfReply(one).get('identifier'))),
    ),
  }
}

interface Wanted {
  readonly prefix: string
  readonly dimension: number
  /** Entries of the metadata, which filters ask for. */
  readonly keys: readonly string[]
}

async function prepared(
  connection: RedisConnection,
  name: string,
  { prefix, dimension, keys }: Wanted,
): Promise<Index> {
  const known = await indexOf(connection, name)
  const fresh = keys.filter((key) => !known?.fields.has(key)).flatMap(tag)
  if (known) {
    if (fresh.length > 0) await connection.ask('FT.ALTER', name, 'SCHEMA', 'ADD', ...fresh)
    return known
  }
  const vector = ['VECTOR', 'FLAT', '6', 'TYPE', 'FLOAT32', 'DIM', String(dimension), 'DISTANCE_METRIC', 'COSINE']
  const schema = [TEXT, 'TEXT', VECTOR, ...vector, ...fresh]
  await connection.ask('FT.CREATE', name, 'ON', 'HASH', 'PREFIX', '1', prefix, 'SCHEMA', ...schema)
  return { prefix, fields: new Set(keys) }
}

/** One value, whatever signs are in it. */
const tag = (key: string): readonly string[] => [key, 'TAG', 'SEPARATOR', '\u001f', 'CASESENSITIVE']

/** The filter as the search of Redis takes it: `@topic:{time|money} @page:{2}`. */
function queryOf(filter: Readonly<Record<string, unknown>>): string {
  const conditions = conditionsOf(filter).map(
    ({ name, values }) => `@${escaped(name)}:{${values.map((value) => escaped(String(value))).join('|')}}`,
  )
  return conditions.length > 0 ? conditions.join(' ') : '*'
}

const escaped = (text: string): string => text.replace(/[^\p{L}\p{N}_]/gu, '\\$&')

function foundIn(reply: unknown, withVectors: boolean): readonly FoundDocument[] {
  // How many there are, then a key and its fields for each.
  const [, ...rows]: readonly unknown[] = Array.isArray(reply) ? reply : []
  return rows
    .filter((_, at) => at % 2 === 1)
    .map((row) => {
      const entries = entriesOfReply(row)
      const vector = entries.get(VECTOR)
      return {
        text: textOfReply(entries.get(TEXT)),
        metadata: metadataIn(entries),
        score: 1 - Number(textOfReply(entries.get(DISTANCE))),
        ...(withVectors && vector instanceof Uint8Array && { vector: numbersIn(vector) }),
      }
    })
}

function metadataIn(entries: ReadonlyMap<string, unknown>): FoundDocument['metadata'] {
  const whole = entries.get(WHOLE)
  const parsed: unknown = whole === undefined ? undefined : JSON.parse(textOfReply(whole))
  if (isObject(parsed)) return parsed
  const own = new Set([TEXT, VECTOR, DISTANCE])
  return Object.fromEntries([...entries].flatMap(([key, value]) => (own.has(key) ? [] : [[key, textOfReply(value)]])))
}

const bytesOf = (vector: readonly number[]): Uint8Array => new Uint8Array(Float32Array.from(vector).buffer)

/** Copied first: numbers begin at a multiple of their length. */
const numbersIn = (bytes: Uint8Array): readonly number[] => [...new Float32Array(Uint8Array.from(bytes).buffer)]

function explained(error: AppError): AppError {
  if (!/unknown command/i.test(messageOf(error))) return error
  const why = 'This Redis server has no search. Redis 8 and Redis Stack have it.'
  return new AppError('bad_request', [why], { cause: error })
}
