import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError } from '@runnel/protocol/errors'
import type { JsonObject } from '@runnel/protocol/json'
import type { RunContext } from '@runnel/sdk'
import type { Client, DseClientOptions } from 'cassandra-driver'
import { askService, textIn } from './ask-service.ts'
import { jsonService } from './json-service.ts'

export interface CassandraServers {
  /** Servers with commas between, or the id of a database of Astra. */
  readonly database: string
  readonly username: string
  /** Of the user, or of the database. */
  readonly password: string
  /** `port` and `ssl`. */
  readonly settings: JsonObject
}

interface Servers extends Omit<CassandraServers, 'database'> {
  readonly astraId: string | undefined
  readonly contactPoints: readonly string[]
  /** Their names, without ports. */
  readonly hosts: readonly string[]
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const CONNECT_MS = 10_000
const READ_MS = 12_000

/** What a node says of its servers. @throws AppError `invalid_field` when it names none */
export function serversIn({ database, ...rest }: CassandraServers): Servers {
  const given = database.trim()
  if (UUID.test(given)) return { ...rest, astraId: given, contactPoints: [], hosts: [] }
  const contactPoints = given.split(',').flatMap((one) => one.trim() || [])
  if (contactPoints.length === 0) {
    throw new AppError('invalid_field', ['No server is named. Write its address into Contact Points.'])
  }
  const hosts = contactPoints.map((one) => one.replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^([^:]+):\d+$/, '$1'))
  return { ...rest, astraId: undefined, contactPoints, hosts }
}

/** A connection to a cluster. @throws what the driver throws */
export async function openCassandra(servers: Servers, context: RunContext): Promise<Client> {
  const { Client: CassandraClient, auth, policies } = await import('cassandra-driver')
  const { astraId, contactPoints, username, password, settings } = servers
  const common: DseClientOptions = {
    authProvider: new auth.PlainTextAuthProvider(astraId ? 'token' : username, password),
    // Nothing is asked of the schema but what statements say.
    isMetadataSyncEnabled: false,
    monitorReporting: { enabled: false },
    socketOptions: { connectTimeout: CONNECT_MS, readTimeout: READ_MS },
  }
  const connect = async (options: DseClientOptions): Promise<Client> => {
    const client = new CassandraClient({ ...common, ...options })
    try {
      await client.connect()
      return client
    } catch (error) {
      void client.shutdown().catch(() => undefined)
      throw error
    }
  }
  if (astraId)
    return withBundle(astraId, password, context, (secureConnectBundle) => connect({ cloud: { secureConnectBundle } }))
  return connect({
    contactPoints: [...contactPoints],
    protocolOptions: { port: Number(settings.port) || 9042 },
    // Servers of all data centers are as good as any.
    policies: { loadBalancing: new policies.loadBalancing.RoundRobinPolicy() },
    ...(String(settings.ssl).toLowerCase() === 'true' && { sslOptions: {} }),
  })
}

/** Does a piece of work with the file in which Astra says how a database is reached: the driver reads it from a disk. */
async function withBundle<Value>(
  id: string,
  token: string,
  context: RunContext,
  work: (path: string) => Promise<Value>,
): Promise<Value> {
  const astra = jsonService('https://api.astra.datastax.com', { authorization: `Bearer ${token}` }, context)
  const { downloadURL } = await astra.object('POST', `/v2/databases/${id}/secureBundleURL`)
  const { body } = await askService(textIn(downloadURL), { timeoutMs: READ_MS }, context)
  const folder = await mkdtemp(join(tmpdir(), 'runnel-astra-'))
  try {
    const path = join(folder, 'bundle.zip')
    await writeFile(path, body, { mode: 0o600 })
    return await work(path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
