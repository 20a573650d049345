import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { instanceHealth } from './instance-health.ts'

test('each part that fails says why, and the others go on', async () => {
  const health = await instanceHealth({
    config: { dataDir: tmpdir(), maxQueuedRuns: 3 },
    storage: { dialect: 'postgres', ping: () => Promise.reject(new Error('connection refused')) },
    fileStore: { receive: () => Promise.reject(new Error('ENOSPC: no space left')), unmark: async () => {} },
    queue: { depth: () => 3 },
    answerCache: { size: () => 2 },
    frozen: { size: () => 1 },
  })
  expect(health).toMatchObject({
    database: { status: 'failing', problem: 'connection refused', kind: 'postgres' },
    cache: { status: 'ok', problem: null, answers: 2, results: 1 },
    queue: { status: 'failing', problem: 'The queue is full', runs: 3, limit: 3 },
    storage: { status: 'failing', problem: 'ENOSPC: no space left', folder: tmpdir() },
  })
})
