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

test('thumbs of the version before are found afterwards, without reading other messages', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'runnel-rated-'))
  try {
    const sqlitePath = join(folder, 'runnel.db')
    const before = await openSqlite(sqlitePath)
    const migrations = Object.fromEntries(Object.entries(all).filter(([name]) => name < '0012'))
    const current = (dialect: 'sqlite' | 'postgres') => Object.values(migrations).flatMap((step) => step(dialect))
    await migrate(before, { migrations, current })
    const user = await createUserRepository(before).add(aUser())
    await sql
      .raw(
        `insert into message (id, user_id, session_id, context_id, timestamp, sender, sender_name, error, edit,
           category, text, files, properties, content_blocks)
         values ('m', '${user.id}', 's', '', 1, 'Machine', 'AI', 0, 0, 'message', 'm', '[]',
           '{"positive_feedback":true}', '[]')`,
      )
      .execute(before.db)
    await before.close()

    const storage = await openStorage({ sqlitePath })
    const scope = { userId: user.id, since: 0, until: 10, slotMs: 10 }
    expect(await storage.runSummaries.feedback(scope)).toEqual([{ slot: 0, up: 1, down: 0 }])
    await storage.close()

    const after = await openSqlite(sqlitePath)
    const plan = await sql<{ detail: string }>`explain query plan select count(*) from message
      where (instr(properties, '"positive_feedback":true') > 0 or instr(properties, '"positive_feedback":false') > 0)
      and user_id = 'x' and timestamp > 1`.execute(after.db)
    expect(plan.rows.map(({ detail }) => detail).join()).toMatch(/INDEX message_rated/)
    await after.close()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
