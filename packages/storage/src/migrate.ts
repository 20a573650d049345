import { messageOf } from '@runnel/protocol/errors'
import type { Engine } from './dialect/engine.ts'
import { CannotOpenStorage } from './faults.ts'
import type { Migration } from './migrations.ts'

export interface Schema {
  readonly migrations: Readonly<Record<string, Migration>>
  /** What an empty database gets: the same tables as the whole chain makes. */
  readonly current: Migration
}

/** What was done to the schema: its newest migration before, null for a new database, and now. */
export interface MigrationReport {
  readonly from: string | null
  readonly to: string
}

/**
 * Brings a database to the current schema: an empty one in one script, an older one by the migrations it lacks, each
 * in one transaction, so that a kill in the middle leaves the old or the new state.
 *
 * @throws Error when the database was made by a newer release, or a migration fails.
 */
export async function migrate(engine: Engine, { migrations, current }: Schema): Promise<MigrationReport> {
  const known = Object.keys(migrations)
  let from: string | null = null
  await engine.migrating(async ({ query, hasMigrations }) => {
    const transaction = async (statements: readonly string[]) => {
      await query('begin')
      try {
        for (const statement of statements) await query(statement)
        await query('commit')
      } catch (error) {
        await query('rollback')
        throw error
      }
    }
    if (!(await hasMigrations())) {
      if (engine.isGuest) throw inUse(engine)
      await transaction([
        'create table schema_migration (name text primary key, applied_at bigint not null)',
        ...current(engine.dialect),
        ...known.map(stamp),
      ])
      return
    }
    const applied = new Set((await query('select name from schema_migration')).map((row) => String(row.name)))
    const newer = [...applied].filter((name) => !known.includes(name))
    if (newer.length > 0) {
      throw new Error(
        `The database ${engine.name} was written by a newer release (it has ${newer.join(', ')}). ` +
          'Start that release again, or restore a backup made before the upgrade.',
      )
    }
    from = known.findLast((name) => applied.has(name)) ?? null
    for (const [name, statements] of Object.entries(migrations)) {
      if (applied.has(name)) continue
      if (engine.isGuest) throw inUse(engine)
      await transaction([...statements(engine.dialect), stamp(name)]).catch((error: unknown) => {
        throw new Error(
          `Migration ${name} of the database ${engine.name} failed and changed nothing: ${messageOf(error)}. ` +
            'Start the previous release again and report this.',
          { cause: error },
        )
      })
    }
  })
  return { from, to: known.at(-1) ?? '' }
}

function inUse({ name }: Engine): CannotOpenStorage {
  return new CannotOpenStorage(
    `The database ${name} is used by a server of another release, or one that is just starting. ` +
      'Try again in a moment; if it stays so, stop that server first.',
  )
}

function stamp(name: string): string {
  return `insert into schema_migration (name, applied_at) values ('${name}', ${Date.now()})`
}
