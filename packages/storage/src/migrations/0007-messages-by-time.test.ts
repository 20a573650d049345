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

test('messages of the version before are found by time afterwards, without a sort', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'runnel-messages-'))
  try {
    const sqlitePath = join(folder, 'runnel.db')
    const before = await openSqlite(sqlitePath)
    const migrations = Object.fromEntries(Object.entries(all).filter(([name]) => name < '0007'))
    const current = (dialect: 'sqlite' | 'postgres') => Object.values(migrations).flatMap((step) => step(dialect))
    await migrate(before, { migrations, current })
    const user = await createUserRepository(before).add(aUser())
    for (const [id, time] of [
      ['a', 1],
      ['b', 2],
    ]) {
      await sql
        .raw(
          `insert into message (id, user_id, session_id, context_id, timestamp, sender, sender_name, error, edit,
             category, text, files, properties, content_blocks)
           values ('${id}', '${user.id}', 's', '', ${time}, 'User', 'User', 0, 0, 'message', '${id}', '[]', '{}', '[]')`,
        )
        .execute(before.db)
    }
    await before.close()

    const storage = await openStorage({ sqlitePath })
    const found = await storage.messages.find({ userId: user.id, limit: 1, offset: 1 })
    expect(found.map(({ text }) => text)).toEqual(['a'])
    await storage.close()

    const after = await openSqlite(sqlitePath)
    const plan = await sql<{ detail: string }>`explain query plan
      select id from message where user_id = 'x' order by timestamp desc, id desc limit 1`.execute(after.db)
    expect(plan.rows.map(({ detail }) => detail).join()).toMatch(/COVERING INDEX message_time/)
    await after.close()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
