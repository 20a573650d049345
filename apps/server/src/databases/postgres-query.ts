import { type LookupFunction, Socket } from 'node:net'
import { AppError, messageOf } from '@runnel/protocol/errors'
import type { DatabaseRows } from '@runnel/sdk'
import type { Client, ClientConfig } from 'pg'
import type { AddressRules } from '../egress/address-rules.ts'
import { once } from '../http/once.ts'
import { LIMITS, namedRows } from './database-limits.ts'

const loadDriver = once(async () => (await import('pg')).default)

const CONNECT_MS = 10_000
const GRACE_MS = 2000

export interface PostgresAsked {
  readonly address: URL
  readonly statement: string
  /** The statement may change data. */
  readonly writes: boolean
}

/** The connection failed, not the statement. */
export class ConnectError extends Error {}

/**
 * Runs one statement on a Postgres database.
 * @throws AppError `address_refused`; `bad_request` with what Postgres says; `ConnectError`; the signal's reason.
 */
export async function queryPostgres(
  { address, statement, writes }: PostgresAsked,
  rules: AddressRules,
  signal: AbortSignal,
  timeoutMs: number = LIMITS.timeoutMs,
): Promise<DatabaseRows> {
  signal.throwIfAborted()
  const { Client: PostgresClient } = await loadDriver()
  const mode = address.searchParams.get('sslmode') ?? 'prefer'
  const settings = settingsOf(address, { rules, writes, timeoutMs })
  const clientWith = (ssl: ClientConfig['ssl']): Client => {
    const made = new PostgresClient({ ...settings, ssl })
    return made.on('error', () => undefined) // told by what is asked
  }
  let client = clientWith(encryptionOf(mode))
  const stop = () => client.connection.stream.destroy(new Error('it did not answer in time'))
  // The server ends its statements itself, where it still can.
  const either = AbortSignal.any([signal, AbortSignal.timeout(CONNECT_MS + timeoutMs + GRACE_MS)])
  either.addEventListener('abort', stop, { once: true })
  try {
    try {
      await connected(client, signal)
    } catch (error) {
      if (mode !== 'prefer' || !messageOf(error).includes(NO_ENCRYPTION)) throw error
      client = clientWith(false)
      await connected(client, signal)
    }
    if (!writes) {
      checkReading(statement)
      // Of the whole transaction, which no statement can leave and come back from.
      await client.query('begin read only')
    }
    return await rowsOf(client, statement)
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof AppError || error instanceof ConnectError) throw error
    throw new AppError('bad_request', [messageOf(error)], { cause: error })
  } finally {
    either.removeEventListener('abort', stop)
    void client.end().catch(() => undefined)
  }
}

/**
 * What changes something is refused by Postgres itself. Not so COPY, which writes into files and programs of the
 * database server, also from inside of what DO and CALL run.
 */
function checkReading(statement: string): void {
  const bare = statement.replace(/^(\s|--.*|\/\*[^*]*\*+([^/*][^*]*\*+)*\/)+/, '')
  const word = /^[\s(]*([a-z]+)/i.exec(bare)?.[1]?.toUpperCase()
  if (word !== undefined && !['COPY', 'DO', 'CALL'].includes(word)) return
  throw new AppError('bad_request', [`cannot execute ${word ?? 'this'} in a read-only transaction`])
}

async function connected(client: Client, signal: AbortSignal): Promise<void> {
  try {
    await client.connect()
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof AppError) throw error
    throw new ConnectError(messageOf(error), { cause: error })
  }
}

interface Connection {
  readonly rules: AddressRules
  readonly writes: boolean
  readonly timeoutMs: number
}

/** Taken apart here: the driver's own reading of an address opens files its parameters name, and sockets of this machine. */
function settingsOf(address: URL, { rules, writes, timeoutMs }: Connection): ClientConfig {
  const { hostname, port, username, password, pathname } = address
  const user = decoded(username)
  if (user === '') throw new ConnectError('the address names no user')
  const lookup = rules(new URL(`http://${hostname}:${port || 5432}`))
  return {
    host: decoded(hostname),
    port: Number(port || 5432),
    user,
    // As a function: in place of no password the driver sends the server's own, PGPASSWORD or one of ~/.pgpass.
    password: () => decoded(password),
    database: decoded(pathname.slice(1)) || user,
    stream: () => guardedSocket(lookup),
    application_name: 'runnel',
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: timeoutMs,
    options: writes ? '' : '-c default_transaction_read_only=on',
  }
}

/** What the driver says when the server has no TLS. */
const NO_ENCRYPTION = 'does not support SSL'

/** As libpq reads `sslmode`: certificates are checked only by `verify-ca` and `verify-full`. */
function encryptionOf(mode: string): ClientConfig['ssl'] {
  if (mode.startsWith('verify')) return true
  return mode === 'require' || mode === 'prefer' ? { rejectUnauthorized: false } : false
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch (cause) {
    throw new ConnectError('the address is no URL: write % as %25', { cause })
  }
}

/** A socket that connects to what was checked. */
function guardedSocket(lookup: LookupFunction): Socket {
  const socket = new Socket()
  const connect = socket.connect.bind(socket)
  // The driver calls it with a port and a host.
  socket.connect = ((port: number, host: string) => connect({ port, host, lookup })) as typeof socket.connect
  return socket
}

/** The rows up to the limits; the rest is not fetched. */
async function rowsOf(client: Client, statement: string): Promise<DatabaseRows> {
  const { Query } = await loadDriver()
  // One statement only: the extended form takes no second.
  const config = { text: statement, rowMode: 'array', queryMode: 'extended', types } as const
  const query = client.query(new Query(config))
  const rows: unknown[][] = []
  let columns: readonly string[] = []
  let size = 0
  const done = Promise.withResolvers<boolean>()
  query.on('row', (row: unknown[], result) => {
    columns = result?.fields.map(({ name }) => name) ?? columns
    const values = row.map(plain)
    size += JSON.stringify(values).length
    if (rows.length < LIMITS.rows && size <= LIMITS.bytes) {
      rows.push(values)
      return
    }
    done.resolve(true)
    client.connection.stream.destroy()
  })
  query.on('end', (result) => {
    columns = result.fields.map(({ name }) => name)
    done.resolve(false)
  })
  query.on('error', done.reject)
  const isCut = await done.promise
  return namedRows(columns, rows, isCut)
}

/** Numbers where they are exact; times as the database writes them. */
const types: NonNullable<ClientConfig['types']> = {
  getTypeParser: (type: number) => (text: unknown) => {
    if (typeof text !== 'string') return text
    const parse = PARSERS[type]
    return parse ? parse(text) : text
  },
} as NonNullable<ClientConfig['types']>

const exact = (text: string): number | string => {
  const number = Number(text)
  return Number.isFinite(number) && (!/^-?\d+$/.test(text) || Number.isSafeInteger(number)) ? number : text
}

/** By the numbers Postgres has for its types: bool, int8, int2, int4, oid, json, float4, float8, numeric, jsonb. */
const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  16: (text) => text === 't',
  20: exact,
  21: Number,
  23: Number,
  26: Number,
  114: (text) => JSON.parse(text),
  700: exact,
  701: exact,
  1700: exact,
  3802: (text) => JSON.parse(text),
}

const plain = (value: unknown): unknown => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value)
