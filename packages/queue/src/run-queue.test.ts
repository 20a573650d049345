import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStorage, type Storage } from '@runnel/storage/open-storage'
import { type TestPostgres, testPostgres } from '@runnel/testing/test-postgres'
import { afterAll, beforeAll, describe } from 'vitest'
import { queueContract } from './run-queue.contract.ts'

const postgres: TestPostgres | undefined = await testPostgres()
const folder = mkdtempSync(join(tmpdir(), 'runnel-queue-'))

const databases = [
  ['sqlite', join(folder, 'runnel.db')],
  ['postgres', postgres?.url],
] as const

describe.each(databases)('%s', (_name, databaseUrl) => {
  describe.skipIf(databaseUrl === undefined)('the queue', () => {
    let storage: Storage
    beforeAll(async () => {
      storage = await openStorage({ databaseUrl: databaseUrl ?? '' })
    })
    afterAll(() => storage.close())
    queueContract(() => storage)
  })
})

afterAll(async () => {
  await postgres?.stop()
  rmSync(folder, { recursive: true, force: true })
})
