import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openSqlite } from '../dialect/node-sqlite.ts'
import { migrate } from '../migrate.ts'
import { migrations as all } from '../migrations.ts'
import { openStorage } from '../open-storage.ts'
import { aFlow, aPublishedVersion, aUsage, aUser, insertOldFlow } from '../test-records.ts'
import { createUserRepository } from '../user-repository.ts'

test('a database of the version before keeps published flows and usage afterwards, and its keys', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'runnel-publications-'))
  try {
    const sqlitePath = join(folder, 'runnel.db')
    const before = await openSqlite(sqlitePath)
    const migrations = Object.fromEntries(Object.entries(all).filter(([name]) => name < '0006'))
    const current = (dialect: 'sqlite' | 'postgres') => Object.values(migrations).flatMap((step) => step(dialect))
    await migrate(before, { migrations, current })
    const user = await createUserRepository(before).add(aUser())
    const flow = aFlow(user.id)
    await insertOldFlow(flow).execute(before.db)
    await sql
      .raw(
        `insert into api_key (id, user_id, name, hash, prefix, is_active, total_uses, created_at)
         values ('k', '${user.id}', 'old', 'hash', 'sk-abcde', 1, 2, 3)`,
      )
      .execute(before.db)
    await before.close()

    const storage = await openStorage({ sqlitePath })
    expect(await storage.apiKeys.find(user.id, 'k')).toMatchObject({ totalUses: 2, limits: null, lastFour: null })
    const version = await storage.publications.publish(user.id, aPublishedVersion(flow))
    expect(await storage.publications.version(flow.id, 1)).toEqual(version)
    await storage.usage.add([aUsage(user.id)])
    expect(await storage.usage.list({ userId: user.id })).toEqual([aUsage(user.id)])
    await storage.close()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
