import { compileGraph } from '@runnel/engine/compile-graph'
import { createRegistry } from '@runnel/engine/registry'
import type { RunBatch } from '@runnel/storage/run-records'
import { expect, test } from 'vitest'
import { testApp } from '../test-app.ts'
import { createRecorder } from './run-recorder.ts'

test.each([
  { ms: 999, canWait: undefined },
  { ms: 1000, canWait: true },
])('the end of a run of $ms ms waits for others: $canWait', async ({ ms, canWait }) => {
  await using open = await testApp()
  const { storage } = open
  const batches: RunBatch[] = []
  const recorder = createRecorder({
    storage: { ...storage, runs: { ...storage.runs, record: async (batch) => void batches.push(batch) } },
    run: {
      id: 'run',
      flowId: 'flow',
      userId: null,
      sessionId: 'session',
      kind: 'run',
      startedAt: 5,
      keyId: null,
      startedBy: null,
      published: null,
      isPrivate: false,
    },
    graphId: null,
    ownerId: 'user',
    graph: compileGraph({ nodes: [], edges: [] }, createRegistry([])),
    limits: { textLength: 10, itemsLength: 10 },
    keepSteps: true,
    priceOf: () => undefined,
    newId: () => 'id',
    now: () => 5 + ms,
  })
  await recorder.finish({ status: 'succeeded' })
  expect(batches.map((batch) => batch.canWait)).toEqual([canWait])
})
