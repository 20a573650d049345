import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openSqlite } from '../dialect/node-sqlite.ts'
import { migrate } from '../migrate.ts'
import { openStorage } from '../open-storage.ts'
import { aQueuedRun, aUser } from '../test-records.ts'
import { createUserRepository } from '../user-repository.ts'
import { initial } from './0001-initial.ts'
import { files } from './0002-files.ts'

test('a database of the version before keeps queued runs afterwards, and its users', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'runnel-jobs-'))
  try {
    const sqlitePath = join(folder, 'runnel.db')
    const before = await openSqlite(sqlitePath)
    const migrations = { '0001-initial': initial, '0002-files': files }
    await migrate(before, { migrations, current: (dialect) => [...initial(dialect), ...files()] })
    const user = await createUserRepository(before).add(aUser())
    await before.close()

    const storage = await openStorage({ sqlitePath })
    const queued = aQueuedRun(user.id, 'flow')
    await storage.runs.record(queued)
    expect(await storage.jobs.claim(new Map([['flow', 1]]), 1000, 5)).toMatchObject([
      { id: queued.job.id, payload: { body: '{}' } },
    ])
    expect(await storage.users.find(user.id)).toEqual(user)
    await storage.close()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
