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

test('what the version before has written was written by its owner', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'runnel-authors-'))
  try {
    const sqlitePath = join(folder, 'runnel.db')
    const before = openSqlite(sqlitePath)
    const migrations = Object.fromEntries(Object.entries(all).filter(([name]) => name < '0017'))
    const current = (dialect: 'sqlite' | 'postgres') => Object.values(migrations).flatMap((step) => step(dialect))
    await migrate(before, { migrations, current })
    const user = await createUserRepository(before).add(aUser())
    const rows = [
      `insert into project (id, user_id, name, created_at, updated_at) values ('p', '${user.id}', 'Old', 1, 1)`,
      `insert into flow (id, user_id, project_id, name, is_component, webhook, locked, mcp_enabled, access_type, version,
        created_at, updated_at) values ('f', '${user.id}', 'p', 'Old', 0, 0, 0, 0, 'PRIVATE', 1, 1, 1)`,
      `insert into flow_version (id, flow_id, user_id, number, created_at) values ('v', 'f', '${user.id}', 1, 1)`,
    ]
    for (const row of rows) await sql.raw(row).execute(before.db)
    await before.close()

    const storage = await openStorage({ sqlitePath })
    expect(await storage.flows.find(user.id, 'f')).toMatchObject({ id: 'f', savedBy: null })
    expect(await storage.flowVersions.find(user.id, 'f', 'v')).toMatchObject({ number: 1, author: null })
    await storage.close()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
