import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openSqlite } from '../dialect/node-sqlite.ts'
import { migrate } from '../migrate.ts'
import { migrations as all } from '../migrations.ts'
import { openStorage } from '../open-storage.ts'
import { aUser } from '../test-records.ts'
import { createUserRepository } from '../user-repository.ts'

test('runs of the version before were begun by whose they are', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'runnel-starters-'))
  try {
    const sqlitePath = join(folder, 'runnel.db')
    const before = openSqlite(sqlitePath)
    const migrations = Object.fromEntries(Object.entries(all).filter(([name]) => name < '0018'))
    const current = (dialect: 'sqlite' | 'postgres') => Object.values(migrations).flatMap((step) => step(dialect))
    await migrate(before, { migrations, current })
    const user = await createUserRepository(before).add(aUser())
    await sql
      .raw(
        `insert into run (id, flow_id, user_id, session_id, kind, status, started_at, input_tokens, output_tokens)
         values ('r', 'f', '${user.id}', 's', 'run', 'succeeded', 1, 2, 3)`,
      )
      .execute(before.db)
    await before.close()

    const storage = await openStorage({ sqlitePath })
    expect(await storage.runs.list({ userId: user.id })).toMatchObject([{ id: 'r', startedBy: null }])
    await storage.close()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
