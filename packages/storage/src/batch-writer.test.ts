import { setImmediate } from 'node:timers/promises'
import { AppError } from '@runnel/protocol/errors'
import { afterEach, expect, test, vi } from 'vitest'
import { createBatchWriter } from './batch-writer.ts'
import type { KeyUse } from './dialect/engine.ts'
import type { RunBatch } from './run-records.ts'
import { aBatch, aRun } from './test-records.ts'

const batch = (status: 'succeeded' | 'failed' = 'succeeded') => aBatch(aRun('user', 'flow', { status }))

/** A store that keeps what it was given; it refuses every group with a failed run in it. */
function aStore() {
  const groups: (readonly RunBatch[])[] = []
  const uses: KeyUse[] = []
  return {
    groups,
    uses,
    commit: async (batches: readonly RunBatch[], keyUses: readonly KeyUse[]) => {
      if (batches.some(({ run }) => run?.status === 'failed')) throw new Error('refused')
      groups.push(batches)
      uses.push(...keyUses)
    },
  }
}

afterEach(() => void vi.useRealTimers())

test('batches of one turn share a commit', async () => {
  const store = aStore()
  const writer = createBatchWriter(store.commit)
  await Promise.all([batch(), batch(), batch()].map(writer.write))
  expect(store.groups.map((group) => group.length)).toEqual([3])
})

test('batches that come while a commit is on its way share the next one', async () => {
  const store = aStore()
  const writer = createBatchWriter(async (batches, uses) => {
    if (store.groups.length === 0) late = [batch(), batch()].map(writer.write)
    await store.commit(batches, uses)
  })
  let late: readonly Promise<void>[] = []
  await writer.write(batch())
  await Promise.all(late)
  expect(store.groups.map((group) => group.length)).toEqual([1, 2])
})

test('who is answered and comes back shares the commit of who has waited meanwhile', async () => {
  // The moment that is waited is as long as this test makes it.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  const store = aStore()
  let late: Promise<void> | undefined
  const writer = createBatchWriter(async (batches, uses) => {
    await Promise.resolve()
    late ??= writer.write(batch())
    await store.commit(batches, uses)
  })
  await Promise.all([batch(), batch()].map(writer.write))
  for (let turn = 0; turn < 10; turn++) await setImmediate()
  expect(store.groups.map((group) => group.length)).toEqual([2])
  const again = [batch(), batch()].map(writer.write)
  vi.advanceTimersByTime(1)
  await Promise.all([late, ...again])
  expect(store.groups.map((group) => group.length)).toEqual([2, 3])
})

test('a batch that can wait is written with those that come within a moment', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  const store = aStore()
  const writer = createBatchWriter(store.commit)
  const first = writer.write({ ...batch(), canWait: true })
  for (let turn = 0; turn < 10; turn++) await setImmediate()
  vi.advanceTimersByTime(9)
  const second = writer.write({ ...batch(), canWait: true })
  for (let turn = 0; turn < 10; turn++) await setImmediate()
  expect(store.groups).toEqual([])
  vi.advanceTimersByTime(1)
  await Promise.all([first, second])
  expect(store.groups.map((group) => group.length)).toEqual([2])
})

test('a company of sixteen waits for nobody', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  const store = aStore()
  const writer = createBatchWriter(store.commit)
  await Promise.all(Array.from({ length: 16 }, () => writer.write({ ...batch(), canWait: true })))
  expect(store.groups.map((group) => group.length)).toEqual([16])
})

test('whoever cannot wait takes along whoever can, and a flush leaves nobody behind', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  const store = aStore()
  const writer = createBatchWriter(store.commit)
  await Promise.all([writer.write({ ...batch(), canWait: true }), writer.write(batch())])
  expect(store.groups.map((group) => group.length)).toEqual([2])
  const patient = writer.write({ ...batch(), canWait: true })
  await writer.flush()
  await patient
  expect(store.groups.map((group) => group.length)).toEqual([2, 1])
  expect(vi.getTimerCount()).toBe(0)
})

test('a batch that fails does not fail its neighbours', async () => {
  const store = aStore()
  const writer = createBatchWriter(store.commit)
  const outcomes = await Promise.allSettled([batch(), batch('failed'), batch()].map(writer.write))
  expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  await writer.write(batch())
  expect(store.groups).toHaveLength(3)
})

test('uses of a key are added up and written with the next batch, or at a flush', async () => {
  const store = aStore()
  const writer = createBatchWriter(store.commit)
  writer.countKeyUse('a', 5)
  writer.countKeyUse('a', 4)
  await writer.write(batch())
  writer.countKeyUse('b', 6)
  await writer.flush()
  expect(store.uses).toEqual([
    { id: 'a', uses: 2, lastUsedAt: 5 },
    { id: 'b', uses: 1, lastUsedAt: 6 },
  ])
})

test('uses that could not be written are kept for the next commit', async () => {
  const store = aStore()
  const writer = createBatchWriter(store.commit)
  writer.countKeyUse('a', 5)
  await expect(writer.write(batch('failed'))).rejects.toThrow('refused')
  await writer.write(batch())
  expect(store.uses).toEqual([{ id: 'a', uses: 1, lastUsedAt: 5 }])
})

test('a large crowd is written in several commits', async () => {
  const store = aStore()
  const writer = createBatchWriter(store.commit)
  await Promise.all(Array.from({ length: 150 }, () => writer.write(batch())))
  const sizes = store.groups.map((group) => group.length)
  expect(Math.max(...sizes)).toBe(32)
  expect(sizes.reduce((sum, size) => sum + size)).toBe(150)
})

test('whoever writes again as soon as it was told is not forgotten', async () => {
  const store = aStore()
  const writer = createBatchWriter(store.commit)
  for (let turn = 0; turn < 20; turn += 1) {
    await Promise.all([writer.write(batch()), Promise.resolve().then(() => writer.write(batch()))])
  }
  expect(store.groups.flat()).toHaveLength(40)
})

test('a store that cannot write is asked once for the whole group', async () => {
  let asked = 0
  const writer = createBatchWriter(async () => {
    asked += 1
    throw new AppError('overloaded', ['The disk is full.'])
  })
  const outcomes = await Promise.allSettled([batch(), batch(), batch()].map(writer.write))
  expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(asked).toBe(1)
})
