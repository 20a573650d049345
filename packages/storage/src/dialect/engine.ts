import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { RunBatch } from '../run-records.ts'

export type Dialect = 'sqlite' | 'postgres'
export type Row = Readonly<Record<string, unknown>>
export type Bindable = string | number | null

/** A read prepared once: the first row as a value. */
export type PreparedRead<Value> = (...parameters: Bindable[]) => Promise<Value | undefined>

/** How often an API key was used since the last write, and when last (epoch milliseconds). */
export interface KeyUse {
  readonly id: string
  readonly uses: number
  readonly lastUsedAt: number
}

export interface MigrationSession {
  /** Runs one statement on the one connection of this session. */
  query(sql: string): Promise<readonly Row[]>
  /** Whether the database has been set up by any release. */
  hasMigrations(): Promise<boolean>
}

/** What the store tells about its durability. */
export interface StorageHealth {
  readonly dialect: Dialect
  /** SQLite: `wal`, or `memory` for a database in memory. */
  readonly journalMode?: string
  /** SQLite: `full`; Postgres: its `synchronous_commit`. */
  readonly synchronous?: string
}

/** A database as the rooms' code sees it: only the modules beside this one know which one it is. */
export interface Engine {
  readonly dialect: Dialect
  /** Another process uses the database at the same time and minds it: nothing may be migrated. */
  readonly isGuest?: boolean
  /** The file, or the address without its password: for error messages at start. */
  readonly name: string
  readonly db: Kysely<Database>
  /**
   * A read that most requests make, with `?` for its parameters. May answer from memory what the query builder has not
   * changed since; not for columns that `commit` writes.
   */
  prepareRead<Value>(sql: string, decode: (row: Row) => Value): PreparedRead<Value>
  /** Writes all of it in one transaction. */
  commit(batches: readonly RunBatch[], keyUses: readonly KeyUse[]): Promise<void>
  /** Runs `work` on one connection while no other process migrates. */
  migrating(work: (session: MigrationSession) => Promise<void>): Promise<void>
  /** Writes and reads a row. @throws AppError `overloaded` when that is not possible. */
  ping(): Promise<StorageHealth>
  close(): Promise<void>
}
