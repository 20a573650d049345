import { AppError, messageOf } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import type { RunContext } from '@runnel/sdk'
import type { Client, types } from 'cassandra-driver'
import { type CassandraServers, openCassandra, serversIn } from './cassandra-client.ts'
import { conditionsOf, numberIn } from './json-service.ts'
import { createLease } from './lease.ts'
import { flatMetadata } from './store-documents.ts'
import type { FoundDocument, NearestOptions, StoreBackend } from './vector-store.ts'

export interface CassandraAsked extends CassandraServers {
  readonly keyspace: string
  readonly table: string
  /** false: the table is there, and is used as it is. */
  readonly prepares: boolean
  /** How long documents are kept, in seconds; 0 means for ever. */
  readonly ttl: number
  /** Documents written at once. */
  readonly batch: number
  /** A table made now can be searched by words, and is, for those words where there are any. */
  readonly words: { readonly indexed: boolean; readonly query: string }
  /** Entries of the metadata that are lists of texts; others must be plain values. */
  readonly lists?: readonly string[]
}

const INDEX = 'StorageAttachedIndex'
/** As many questions does a filter become at most: Cassandra knows no "or". */
const MOST_QUESTIONS = 50

/** A table of Cassandra in the form LangChain has, so that what others have kept is found too. */
export function cassandraTable(asked: CassandraAsked, context: RunContext): StoreBackend {
  const servers = serversIn(asked)
  const keyspace = identifier(asked.keyspace, 'Keyspace')
  const name = identifier(asked.table, 'Table Name')
  const table = `${keyspace}.${name}`
  const { lists = [], words } = asked
  if (words.query !== '' && !words.indexed) {
    const why = 'You should enable body search when creating the table to search the body field.'
    throw new AppError('invalid_field', [why])
  }
  const clients = createLease<Client>(
    { open: () => explained(() => openCassandra(servers, context)), close: (client) => client.shutdown() },
    context,
    servers.hosts,
  )
  const use = <Value>(work: (client: Client) => Promise<Value>) =>
    clients.use((client) => explained(() => work(client)))
  let isPrepared = !asked.prepares

  async function prepare(client: Client, dimension: number): Promise<void> {
    if (isPrepared) return
    isPrepared = true
    await client.execute(
      `create table if not exists ${table} (row_id text primary key, attributes_blob text, body_blob text, ` +
        `metadata_s map<text, text>, vector vector<float, ${Math.trunc(dimension)}>)`,
    )
    const index = (called: string, column: string, options = '') =>
      client.execute(
        `create custom index if not exists ${called}_${name} on ${table} (${column}) using '${INDEX}'${options}`,
      )
    await index('eidx_metadata_s', 'entries(metadata_s)')
    await index('idx_vector', 'vector', " with options = { 'similarity_function': 'cosine' }")
    if (words.indexed) await index('idx_body', 'body_blob', " with options = { 'index_analyzer': 'STANDARD' }")
  }

  return {
    provider: 'Cassandra',
    known: (ids) =>
      use(async (client) => {
        // The length is that of the vectors to come: until then there is nothing to know.
        if (!isPrepared && !(await exists(client, keyspace, name))) return new Set()
        const { rows } = await client.execute(`select row_id from ${table} where row_id in ?`, [[...ids]], {
          prepare: true,
        })
        return new Set(rows.map(({ row_id }) => String(row_id)))
      }),
    add: (documents) =>
      use(async (client) => {
        const { types: driver } = await import('cassandra-driver')
        await prepare(client, documents[0]?.vector.length ?? 0)
        const insert = `insert into ${table} (row_id, body_blob, metadata_s, vector) values (?, ?, ?, ?)`
        const statement = asked.ttl > 0 ? `${insert} using ttl ${Math.trunc(asked.ttl)}` : insert
        const batch = Math.max(1, asked.batch)
        for (let at = 0; at < documents.length; at += batch) {
          await Promise.all(
            documents.slice(at, at + batch).map(({ id, text, metadata, vector }) => {
              const values = [id, text, entriesOf(metadata, lists), new driver.Vector([...vector])]
              return client.execute(statement, values, { prepare: true })
            }),
          )
        }
      }),
    nearest: (vector, options) =>
      use(async (client) => {
        const { types: driver } = await import('cassandra-driver')
        await prepare(client, vector.length)
        const near = new driver.Vector([...vector])
        const found = new Map<string, FoundDocument>()
        for (const { where, values } of questionsOf(options.filter, lists, words.query)) {
          const statement =
            `select row_id, body_blob, metadata_s${options.withVectors ? ', vector' : ''}, ` +
            `similarity_cosine(vector, ?) as score from ${table}${where} order by vector ann of ? ` +
            `limit ${Math.trunc(options.limit)}`
          const { rows } = await client.execute(statement, [near, ...values, near], { prepare: true })
          for (const row of rows) found.set(String(row.row_id), documentOf(row, lists))
        }
        return [...found.values()].sort((a, b) => (b.score ?? 0) - (a.score ?? 0)).slice(0, options.limit)
      }),
  }
}

/** A name that stands in statements. @throws AppError `invalid_field` for any other text */
function identifier(given: string, label: string): string {
  const name = given.trim()
  if (/^[A-Za-z]\w{0,47}$/.test(name)) return name
  throw new AppError('invalid_field', [`${label} is "${name}". Write letters, digits and underscores.`])
}

async function exists(client: Client, keyspace: string, table: string): Promise<boolean> {
  const { rows } = await client.execute(
    'select table_name from system_schema.tables where keyspace_name = ? and table_name = ?',
    [keyspace.toLowerCase(), table.toLowerCase()],
    { prepare: true },
  )
  return rows.length > 0
}

/** Metadata as a map of texts; a list becomes an entry for each of its texts. */
const entriesOf = (
  metadata: Readonly<Record<string, unknown>>,
  lists: readonly string[],
): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(Object.entries(flatMetadata(metadata)).map(([key, value]) => [key, String(value)])),
  ...Object.fromEntries(
    lists.flatMap((key) => (key in metadata ? [metadata[key]].flat().map((text) => [listed(key, text), LISTED]) : [])),
  ),
})
const listed = (key: string, text: unknown): string => `${key}[${String(text)}]`
const LISTED = 'link'

interface Question {
  readonly where: string
  readonly values: readonly string[]
}

/** A filter as questions of which each has one value for each of its names. */
function questionsOf(filter: NearestOptions['filter'], lists: readonly string[], query: string): readonly Question[] {
  const words = query === '' ? [] : [{ clause: 'body_blob : ?', value: query }]
  let questions = [words]
  for (const { name, values } of conditionsOf(filter)) {
    questions = questions.flatMap((known) =>
      values.map((value) => {
        const key = lists.includes(name) ? listed(name, value) : name
        const clause = `metadata_s['${key.replaceAll("'", "''")}'] = ?`
        return [...known, { clause, value: lists.includes(name) ? LISTED : String(value) }]
      }),
    )
  }
  return questions.slice(0, MOST_QUESTIONS).map((conditions) => ({
    where: conditions.length === 0 ? '' : ` where ${conditions.map(({ clause }) => clause).join(' and ')}`,
    values: conditions.map(({ value }) => value),
  }))
}

function documentOf(row: types.Row, lists: readonly string[]): FoundDocument {
  const { body_blob, metadata_s, vector, score } = row
  const entries = Object.entries<unknown>(metadata_s ?? {})
  const isListed = (key: string) => lists.some((name) => key.startsWith(`${name}[`))
  return {
    text: String(body_blob ?? ''),
    metadata: Object.fromEntries(entries.filter(([key]) => !isListed(key))),
    score: numberIn(score),
    ...(vector && { vector: Array.from<number>(vector.elements) }),
  }
}

async function explained<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw new AppError('bad_request', [`Cassandra: ${saidIn(cause)}`], { cause })
  }
}

/** What the first of the servers said, where none of them could be asked. */
function saidIn(error: unknown): string {
  const [first] = isObject(error) && isObject(error.innerErrors) ? Object.values(error.innerErrors) : []
  return messageOf(first ?? error)
}
