import { randomBytes } from 'node:crypto'
import { auth, Client, policies } from 'cassandra-driver'
import { namedServer } from './named-server.ts'

export interface TestCassandra {
  /** The fields that say where it is. */
  readonly inputs: Readonly<Record<string, unknown>>
  /** The name of a table there is none of. */
  newTable(): string
}

/** A keyspace for tests in the Cassandra of `TEST_CASSANDRA_URL`, `cassandra://USER:PASSWORD@HOST:PORT`; undefined without. */
export async function testCassandra(): Promise<TestCassandra | undefined> {
  const address = namedServer('TEST_CASSANDRA_URL')
  if (!address) return undefined
  const { hostname, port, username, password } = new URL(address)
  const client = new Client({
    contactPoints: [hostname],
    protocolOptions: { port: Number(port || 9042) },
    authProvider: new auth.PlainTextAuthProvider(username, password),
    policies: { loadBalancing: new policies.loadBalancing.RoundRobinPolicy() },
  })
  const replication = "{ 'class': 'SimpleStrategy', 'replication_factor': 1 }"
  await client.execute(`create keyspace if not exists runnel_test with replication = ${replication}`)
  await client.shutdown()
  return {
    inputs: {
      database_ref: hostname,
      username,
      token: password,
      keyspace: 'runnel_test',
      cluster_kwargs: { port: Number(port || 9042) },
    },
    newTable: () => `docs_${randomBytes(6).toString('hex')}`,
  }
}
