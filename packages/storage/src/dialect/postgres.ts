import { messageOf } from '@runnel/protocol/errors'
import { Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely'
import pg from 'pg'
import type { Database } from '../database.ts'
import { CannotOpenStorage } from '../faults.ts'
import type { Engine } from './engine.ts'
import { writeBatches } from './postgres-batch.ts'
import { translatePostgres } from './postgres-faults.ts'

const INT8 = 20
const CONNECT_MS = 10_000
/** Any number, the same in every process: held while one of them migrates. */
const MIGRATION_LOCK = 7_266_355
const PING = `insert into setting (key, value) values ('ping', $1)
  on conflict (key) do update set value = excluded.value returning value`

export interface PostgresOptions {
  readonly url: string
  readonly poolSize?: number
}

/** Opens a Postgres database. @throws CannotOpenStorage when it cannot be reached. */
export async function openPostgres({ url, poolSize = 10 }: PostgresOptions): Promise<Engine> {
  // SQLAlchemy names its driver in the scheme; users bring such addresses along.
  const connectionString = url.replace(/^postgres(ql)?(\+\w+)?:/, 'postgresql:')
  const name = withoutPassword(connectionString)
  const pool = new pg.Pool({
    connectionString,
    max: poolSize,
    connectionTimeoutMillis: CONNECT_MS,
    // Counts and times: all are exact as numbers.
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === INT8 ? Number : pg.types.getTypeParser(oid, format as 'text'),
    },
  })
  // An idle connection that breaks is replaced when the next one is needed.
  pool.on('error', () => {})
  const connect = () => pool.connect().catch(rethrow)
  const first = await pool.connect().catch((error: unknown) => {
    throw new CannotOpenStorage(
      `Cannot reach the database ${name} (${messageOf(error)}). Check the address and that it is running.`,
      { cause: error },
    )
  })
  first.release()

  const db = new Kysely<Database>({
    dialect: new PostgresDialect({
      pool: { options: {}, connect: async () => guarded(await connect()), end: () => pool.end() },
    }),
  })
  let reads = 0

  return {
    dialect: 'postgres',
    name,
    db,
    prepareRead(sql, decode) {
      let parameter = 0
      const text = sql.replaceAll('?', () => `$${++parameter}`)
      const statement = `read_${++reads}`
      return async (...values) => {
        const { rows } = await pool.query({ name: statement, text, values: values.map(storable) }).catch(rethrow)
        return rows[0] && decode(rows[0])
      }
    },
    commit: (batches, keyUses) =>
      db.transaction().execute((transaction) => writeBatches(transaction, batches, keyUses)),
    async migrating(work) {
      const client = await connect()
      try {
        await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
        await work({
          query: async (sql) => (await client.query(sql)).rows,
          hasMigrations: async () =>
            (await client.query("select to_regclass('schema_migration') as found")).rows[0]?.found !== null,
        })
      } finally {
        // The lock ends with the connection.
        client.release(true)
      }
    },
    async ping() {
      await pool.query(PING, [String(Date.now())]).catch(rethrow)
      const { rows } = await pool.query('show synchronous_commit').catch(rethrow)
      return { dialect: 'postgres', synchronous: String(rows[0]?.synchronous_commit) }
    },
    async close() {
      await db.destroy()
      if (!pool.ended) await pool.end()
    },
  }
}

/** A connection whose errors are ours and whose texts Postgres can store. */
function guarded(client: pg.PoolClient): PostgresPoolClient {
  const query = (sql: string, parameters?: readonly unknown[]) =>
    client.query(sql, parameters?.map(storable)).catch(rethrow)
  // Kysely also knows cursors, for streams; nothing here streams.
  return { query: query as unknown as PostgresPoolClient['query'], release: () => client.release() }
}

/** Postgres has no NUL in texts; SQLite and JSON have. */
function storable(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value
}

function rethrow(error: unknown): never {
  throw translatePostgres(error)
}

function withoutPassword(url: string): string {
  return url.replace(/^(\w+:\/\/[^:/@]*):[^@]*@/, '$1:***@')
}
