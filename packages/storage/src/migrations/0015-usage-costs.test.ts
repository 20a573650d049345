import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openSqlite } from '../dialect/node-sqlite.ts'
import { migrate } from '../migrate.ts'
import { migrations as all } from '../migrations.ts'
import { openStorage } from '../open-storage.ts'
import { aUsage, aUser } from '../test-records.ts'
import { createUserRepository } from '../user-repository.ts'

test('calls that were counted by the version before are kept, at no known cost, and added to', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'runnel-usage-'))
  try {
    const sqlitePath = join(folder, 'runnel.db')
    const before = await openSqlite(sqlitePath)
    const migrations = Object.fromEntries(Object.entries(all).filter(([name]) => name < '0015'))
    const current = (dialect: 'sqlite' | 'postgres') => Object.values(migrations).flatMap((step) => step(dialect))
    await migrate(before, { migrations, current })
    const user = await createUserRepository(before).add(aUser())
    await sql
      .raw(
        `insert into usage_day (user_id, day, flow_id, key_id, bucket, calls, errors, limited, cached, input_tokens,
           output_tokens, last_at) values ('${user.id}', '2026-01-31', 'flow', 'key', 3, 1, 0, 0, 0, 2, 3, 1)`,
      )
      .execute(before.db)
    await before.close()

    const storage = await openStorage({ sqlitePath })
    const kept = aUsage(user.id, { inputTokens: 2, outputTokens: 3 })
    expect(await storage.usage.list({ userId: user.id })).toEqual([kept])
    await storage.usage.add([aUsage(user.id, { cost: 7, unpricedTokens: 1 })])
    expect(await storage.usage.list({ userId: user.id })).toEqual([{ ...kept, calls: 2, cost: 7, unpricedTokens: 1 }])
    await storage.close()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
