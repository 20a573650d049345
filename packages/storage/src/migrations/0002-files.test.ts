import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openSqlite } from '../dialect/node-sqlite.ts'
import { migrate } from '../migrate.ts'
import { openStorage } from '../open-storage.ts'
import { aUser } from '../test-records.ts'
import { createUserRepository } from '../user-repository.ts'
import { initial } from './0001-initial.ts'

test('a database of the version before keeps files afterwards, and its users', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'runnel-files-'))
  try {
    const sqlitePath = join(folder, 'runnel.db')
    const before = await openSqlite(sqlitePath)
    await migrate(before, { migrations: { '0001-initial': initial }, current: initial })
    const user = await createUserRepository(before).add(aUser())
    await before.close()

    const storage = await openStorage({ sqlitePath })
    const file = { id: 'f', userId: user.id, name: 'a', extension: '', size: 0, createdAt: 1, updatedAt: 1 }
    await storage.files.add(file)
    expect(await storage.files.list(user.id)).toEqual([file])
    expect(await storage.users.find(user.id)).toEqual(user)
    await storage.close()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
