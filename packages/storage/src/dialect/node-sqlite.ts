import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { messageOf } from '@runnel/protocol/errors'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Database } from '../database.ts'
import { CannotOpenStorage } from '../faults.ts'
import { type Checkpointer, createCheckpointer } from './checkpointer.ts'
import type { Bindable, Engine, MigrationSession, Row } from './engine.ts'
import { createReadMemory, REMEMBERED_MS } from './read-memory.ts'
import { batchStatements } from './sqlite-batch.ts'
import { BUSY, isBusy, isDamage, translateSqlite, whileBusy } from './sqlite-faults.ts'
import { damaged, prepareFolder, refuseDamagedFile, refuseDamagedPages, rememberFile } from './sqlite-file.ts'
import { lockDatabase } from './sqlite-lock.ts'
import { createSyncedLog, type SyncedLog, type SyncFile } from './synced-log.ts'

const MEMORY = ':memory:'
const STATEMENTS = 256
/** Long enough for a command that writes a row, or a server that is closing its last file. */
const LOCK_WAIT_MS = 500
const PING = `insert into setting (key, value) values ('ping', ?)
  on conflict (key) do update set value = excluded.value returning value`

export interface SqliteOptions {
  /** A file that another process has locked is opened as that one's guest. */
  readonly besideServer?: boolean
  /** Brings a file to the disk; a test gives a disk that fails. */
  readonly syncFile?: SyncFile
}

/**
 * Opens the SQLite database of one file, or one in memory for `:memory:`. The lock keeps two servers apart; SQLite
 * itself keeps the writes of a server and its guests apart.
 *
 * @throws CannotOpenStorage when another process uses it, it is damaged, or its folder cannot be written.
 */
export function openSqlite(path: string, { besideServer = false, syncFile }: SqliteOptions = {}): Engine {
  if (path === MEMORY) return createEngine(path, configure(new DatabaseSync(MEMORY)))
  prepareFolder(path)
  let lock: { release(): void }
  try {
    lock = lockDatabase(path, { waitMs: besideServer ? 0 : LOCK_WAIT_MS })
  } catch (error) {
    const isHeld = error instanceof CannotOpenStorage && isBusy(error.cause)
    if (!besideServer || !isHeld) throw error
    return createGuestEngine(path)
  }
  let database: DatabaseSync | undefined
  try {
    refuseDamagedFile(path)
    database = configure(new DatabaseSync(path))
    refuseDamagedPages(path, database)
    return createEngine(path, database, {
      checkpointer: createCheckpointer(path),
      // Some network drives have no write-ahead log: then every commit syncs by itself.
      log: journalMode(database) === 'wal' ? createSyncedLog(`${path}-wal`, syncFile) : undefined,
      release: lock.release,
    })
  } catch (error) {
    database?.close()
    lock.release()
    if (error instanceof CannotOpenStorage) throw error
    if (isDamage(error)) throw damaged(path, messageOf(error), error)
    throw new CannotOpenStorage(`Cannot open the database ${path}: ${messageOf(error)}.`, { cause: error })
  }
}

/** The process that holds the lock checkpoints and remembers the file; a guest only reads and writes. */
function createGuestEngine(path: string): Engine {
  const database = configure(new DatabaseSync(path))
  const engine = createEngine(path, database)
  return {
    ...engine,
    isGuest: true,
    async close() {
      await engine.db.destroy()
      database.close()
      // From then on the process that holds the lock knows what was written.
      await sleep(REMEMBERED_MS)
    },
  }
}

function configure(database: DatabaseSync): DatabaseSync {
  database.exec('pragma busy_timeout = 10000; pragma journal_mode = wal; pragma synchronous = full')
  database.exec(
    'pragma foreign_keys = on; pragma wal_autocheckpoint = 0; pragma cache_size = -4000; pragma journal_size_limit = 33554432',
  )
  return database
}

const journalMode = (database: DatabaseSync): string =>
  String(database.prepare('pragma journal_mode').get()?.journal_mode)

interface FileParts {
  readonly checkpointer: Checkpointer
  readonly log: SyncedLog | undefined
  readonly release: () => void
}

function createEngine(path: string, database: DatabaseSync, file?: FileParts): Engine {
  const prepared = createStatementCache(database)
  const all = (sql: string, parameters: readonly unknown[]): readonly Row[] =>
    prepared(sql).statement.all(...parameters.map(bindable))
  const execute = (sql: string, parameters: readonly Bindable[]) => {
    prepared(sql).statement.run(...parameters)
  }
  const log = file?.log
  const syncBy = createDurability(database)
  const memory = createReadMemory()
  let reads = 0
  const wrote = () => {
    memory.forget()
    file?.checkpointer.touch()
  }
  const db = new Kysely<Database>({
    dialect: {
      createDriver: () => createDriver(database, prepared, { willWrite: () => syncBy('commit'), wrote }),
      createAdapter: () => new SqliteAdapter(),
      createQueryCompiler: () => new SqliteQueryCompiler(),
      createIntrospector: (kysely) => new SqliteIntrospector(kysely),
    },
  })
  // From here on waiting for a lock is done by `whileBusy`, which leaves the event loop free.
  const waitWithoutBlocking = () => database.exec('pragma busy_timeout = 0')
  /**
   * Runs synchronous work between, never inside, the transactions of the query builder: at once if none is open, else
   * in turn with them.
   */
  const alone = async <Value>(work: () => Value): Promise<Value> => {
    if (!database.isTransaction) {
      try {
        return work()
      } catch (error) {
        if (!isBusy(error)) throw translateSqlite(error)
      }
    }
    return await db.connection().execute(() => whileBusy(work))
  }
  const inTransaction = (work: () => void) => {
    execute('begin immediate', [])
    try {
      work()
      execute('commit', [])
    } catch (error) {
      if (database.isTransaction) database.exec('rollback')
      throw error
    }
  }
  /** What the disk may have lost of the log is written again, into the file. */
  const writeAgain = () => {
    const { busy } = database.prepare('pragma wal_checkpoint(truncate)').get() ?? {}
    if (busy !== 0) throw Object.assign(new Error('The log is in use'), { errcode: BUSY })
  }
  return {
    dialect: 'sqlite',
    name: path,
    db,
    prepareRead<Value>(sql: string, decode: (row: Row) => Value) {
      // In place of the statement, which is longer than most parameters.
      const number = reads++
      return async (...parameters: readonly Bindable[]) => {
        const question = number + JSON.stringify(parameters)
        const known = memory.recall<Value | undefined>(question)
        if (known) return known.value
        return alone(() => {
          const row = prepared(sql).statement.get(...parameters)
          const value = row && decode(row)
          memory.remember(question, value)
          return value
        })
      }
    },
    async commit(batches, keyUses) {
      const statements = batchStatements(batches, keyUses)
      const write = () => {
        syncBy(log ? 'log' : 'commit')
        inTransaction(() => {
          for (const [sql, values] of statements) execute(sql, values)
        })
      }
      if (log?.isSuspect()) {
        await alone(writeAgain)
        log.trust()
      }
      await alone(write)
      await log?.sync()
      file?.checkpointer.touch()
    },
    async migrating(work) {
      const session: MigrationSession = {
        query: async (sql) => all(sql, []),
        hasMigrations: async () =>
          all("select 1 from sqlite_master where type = 'table' and name = 'schema_migration'", []).length > 0,
      }
      await work(session).catch((error: unknown) => {
        throw isDamage(error) ? damaged(path, messageOf(error), error) : error
      })
      waitWithoutBlocking()
    },
    async ping() {
      const stamp = String(Date.now())
      await alone(() => {
        syncBy('commit')
        all(PING, [stamp])
      })
      return {
        dialect: 'sqlite',
        journalMode: journalMode(database),
        synchronous: Number(all('pragma synchronous', [])[0]?.synchronous) >= 2 ? 'full' : 'normal',
      }
    },
    async close() {
      await log?.close()
      await file?.checkpointer.stop()
      await db.destroy()
      database.exec('pragma busy_timeout = 1000; pragma wal_checkpoint(truncate)')
      database.close()
      if (file) rememberFile(path)
      file?.release()
    },
  }
}

/**
 * Has each commit wait until the disk has it, or leaves that to whoever syncs the log afterwards. Not to be called in a
 * transaction. Said to SQLite only when it changes, so that runs in a row do not pay for it.
 */
function createDurability(database: DatabaseSync): (by: 'commit' | 'log') => void {
  let now: 'commit' | 'log' = 'commit'
  return (by) => {
    if (by === now) return
    database.exec(`pragma synchronous = ${by === 'commit' ? 'full' : 'normal'}`)
    now = by
  }
}

interface Prepared {
  readonly statement: StatementSync
  /** Whether it answers rows. */
  readonly reads: boolean
}

/** Statements stay prepared, the newest of them: worth a factor of two. */
function createStatementCache(database: DatabaseSync): (sql: string) => Prepared {
  const cache = new Map<string, Prepared>()
  return (sql) => {
    const held = cache.get(sql)
    if (held) return held
    const statement = database.prepare(sql)
    const made = { statement, reads: statement.columns().length > 0 }
    cache.set(sql, made)
    if (cache.size > STATEMENTS) {
      const [oldest = sql] = cache.keys()
      cache.delete(oldest)
    }
    return made
  }
}

/** Others that answer rows, such as `update … returning`, write. */
const isSelect = /^select /

interface Writes {
  readonly willWrite: () => void
  readonly wrote: () => void
}

/** Puts `node:sqlite` behind Kysely. Rows have no prototype; the repositories' codecs copy them. */
function createDriver(
  database: DatabaseSync,
  prepared: (sql: string) => Prepared,
  { willWrite, wrote }: Writes,
): Driver {
  const run = <R>({ sql, parameters }: CompiledQuery): QueryResult<R> => {
    const { statement, reads } = prepared(sql)
    const values = parameters.map(bindable)
    const writes = !isSelect.test(sql)
    if (writes && !database.isTransaction) willWrite()
    // Kysely types the rows of its own query.
    if (reads) {
      const rows = statement.all(...values) as R[]
      if (writes) wrote()
      return { rows }
    }
    const { changes } = statement.run(...values)
    wrote()
    return { rows: [], numAffectedRows: BigInt(changes) }
  }
  const connection: DatabaseConnection = {
    executeQuery: (query) => whileBusy(() => run(query)),
    async *streamQuery(query) {
      yield await whileBusy(() => run(query))
    },
  }
  const say = (sql: string) => async () => {
    await connection.executeQuery(CompiledQuery.raw(sql))
  }
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    // At once, so that a lock is met here and not in the middle of the work.
    beginTransaction: say('begin immediate'),
    commitTransaction: say('commit'),
    async rollbackTransaction() {
      // SQLite has rolled back by itself when the disk is full.
      if (database.isTransaction) database.exec('rollback')
    },
    releaseConnection: async () => {},
    destroy: async () => {},
  }
}

function bindable(value: unknown): Bindable {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (value === undefined || value === null) return null
  // Columns are texts and numbers only; the repositories encode everything else.
  return value as string | number
}
