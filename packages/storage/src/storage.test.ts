import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestPostgres, testPostgres } from '@runnel/testing/test-postgres'
import { afterAll, beforeAll, describe } from 'vitest'
import { alertContract } from './alert.contract.ts'
import { editingContract } from './editing.contract.ts'
import { fileContract } from './file-repository.contract.ts'
import { flowContract } from './flow-repository.contract.ts'
import { flowTestContract } from './flow-test.contract.ts'
import { jobContract } from './job-repository.contract.ts'
import { openStorage, type Storage } from './open-storage.ts'
import { ownedContract } from './owned.contract.ts'
import { projectMemberContract } from './project-member.contract.ts'
import { publicationContract } from './publication.contract.ts'
import { runContract } from './run.contract.ts'
import { runSumContract } from './run-sum.contract.ts'
import { runSummaryContract } from './run-summary.contract.ts'

const postgres: TestPostgres | undefined = await testPostgres()
const folder = mkdtempSync(join(tmpdir(), 'runnel-storage-'))

const databases = [
  ['sqlite', join(folder, 'runnel.db')],
  ['postgres', postgres?.url],
] as const

describe.each(databases)('%s', (_name, databaseUrl) => {
  describe.skipIf(databaseUrl === undefined)('storage', () => {
    let storage: Storage
    beforeAll(async () => {
      storage = await openStorage({ databaseUrl: databaseUrl ?? '' })
    })
    afterAll(() => storage.close())
    flowContract(() => storage)
    fileContract(() => storage)
    editingContract(() => storage)
    ownedContract(() => storage)
    projectMemberContract(() => storage)
    runContract(() => storage)
    runSumContract(() => storage)
    runSummaryContract(() => storage)
    jobContract(() => storage)
    publicationContract(() => storage)
    alertContract(() => storage)
    flowTestContract(() => storage)
  })
})

afterAll(async () => {
  await postgres?.stop()
  rmSync(folder, { recursive: true, force: true })
})
