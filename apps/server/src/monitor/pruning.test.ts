import { openStorage } from '@runnel/storage/open-storage'
import type { Pruner } from '@runnel/storage/prune'
import { aRun, aStep, aUser } from '@runnel/storage/test-records'
import { expect, test } from 'vitest'
import { startPruning } from './pruning.ts'

const config = {
  maxTransactionsToKeep: 2,
  maxVertexBuildsToKeep: 1,
  maxRunsToKeep: 1000,
  runHistoryDays: 30,
  publicFlowCleanupInterval: 600,
  publicFlowExpiration: 3600,
}
const log = { error: () => {} }
const runSums = { rollUp: async () => {} }

/** Resolves with the bounds of the first pruning. */
function pruning(work: (bounds: Parameters<Pruner>[0]) => ReturnType<Pruner>) {
  const { promise, resolve } = Promise.withResolvers<Parameters<Pruner>[0]>()
  const prune: Pruner = async (bounds) => {
    const pruned = await work(bounds).finally(() => resolve(bounds))
    return pruned
  }
  return { prune, done: promise }
}

test('removes steps and runs beyond the bounds', async () => {
  const storage = await openStorage({ sqlitePath: ':memory:' })
  const user = await storage.users.add(aUser())
  const now = Date.now()
  const old = aRun(user.id, 'flow', { id: '00000000-0000-7000-8000-000000000000', startedAt: 1 })
  const young = aRun(user.id, 'flow', { startedAt: now })
  const steps = ['a', 'b', 'c'].map((nodeId) => aStep(young, nodeId))
  await storage.runs.record({ run: old, messages: [], steps: [aStep(old, 'a')] })
  await storage.runs.record({ run: young, messages: [], steps })
  const { prune, done } = pruning((bounds) => storage.prune(bounds))
  const stop = startPruning({ storage: { ...storage, prune }, config, log, now: () => now, everyMs: 1 })
  await done
  await stop()
  expect((await storage.runs.list({ userId: user.id })).map(({ id }) => id)).toEqual([young.id])
  expect((await storage.runs.steps(user.id, young.id)).map(({ nodeId }) => nodeId)).toEqual(['b', 'c'])
  await storage.close()
})

test('goes on after a failure, which is logged', async () => {
  const failed = Promise.withResolvers<unknown>()
  const again = Promise.withResolvers<void>()
  let calls = 0
  const stop = startPruning({
    storage: {
      runSums,
      async prune() {
        calls++
        if (calls === 1) throw new Error('disk full')
        again.resolve()
        return { steps: 0, runs: 0 }
      },
    },
    config,
    log: { error: (message, details) => failed.resolve([message, details]) },
    now: () => 0,
    everyMs: 1,
  })
  expect(await failed.promise).toEqual(['old runs could not be removed', { error: new Error('disk full') }])
  await again.promise
  await stop()
})

test('ends in the middle of its work when it is stopped', async () => {
  const begun = Promise.withResolvers<void>()
  const logged: string[] = []
  const stop = startPruning({
    storage: {
      runSums,
      prune: ({ signal } = {}) =>
        new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason))
          begun.resolve()
        }),
    },
    config,
    log: { error: (message) => void logged.push(message) },
    now: () => 0,
    everyMs: 1,
  })
  await begun.promise
  await stop()
  expect(logged).toEqual([])
})

test('removes what visitors have said at intervals of their own', async () => {
  const asked: (number | undefined)[] = []
  const enough = Promise.withResolvers<void>()
  let time = 10_000_000
  const stop = startPruning({
    storage: {
      runSums,
      async prune({ visitorsBefore } = {}) {
        asked.push(visitorsBefore)
        if (asked.length === 3) enough.resolve()
        time += 300_000
        return { steps: 0, runs: 0 }
      },
    },
    config,
    log,
    now: () => time,
    everyMs: 1,
  })
  await enough.promise
  await stop()
  expect(asked.slice(0, 3)).toEqual([6_400_000, undefined, 7_000_000])
})
