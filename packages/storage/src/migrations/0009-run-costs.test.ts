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

test('runs and steps of the version before are kept, at no known cost', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'runnel-costs-'))
  try {
    const sqlitePath = join(folder, 'runnel.db')
    const before = await openSqlite(sqlitePath)
    const migrations = Object.fromEntries(Object.entries(all).filter(([name]) => name < '0009'))
    const current = (dialect: 'sqlite' | 'postgres') => Object.values(migrations).flatMap((step) => step(dialect))
    await migrate(before, { migrations, current })
    const user = await createUserRepository(before).add(aUser())
    const insert = (table: string, values: string) => sql.raw(`insert into ${table} ${values}`).execute(before.db)
    await insert(
      'run',
      `(id, flow_id, user_id, session_id, kind, status, started_at, input_tokens, output_tokens)
       values ('r', 'f', '${user.id}', 's', 'run', 'succeeded', 1, 2, 3)`,
    )
    await insert(
      'run_step',
      `(id, run_id, flow_id, node_id, started_at, duration_ms, valid, data, artifacts, inputs)
       values ('s', 'r', 'f', 'n', 1, 2, 1, '{}', '{}', '{}')`,
    )
    await before.close()

    const storage = await openStorage({ sqlitePath })
    expect(await storage.runs.list({ userId: user.id })).toMatchObject([{ id: 'r', cost: null, unpricedTokens: 0 }])
    expect(await storage.runs.steps(user.id, 'r', { withSpans: true })).toMatchObject([
      { id: 's', cost: null, spans: null },
    ])
    expect(await storage.modelUsage.list({ userId: user.id })).toEqual([])
    await storage.close()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
