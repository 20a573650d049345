import { expect, test } from 'vitest'
import type { Errand, Outcome, SandboxWorker } from './sandbox-worker.ts'
import { createWorkerPool } from './worker-pool.ts'

const errand: Errand = { job: { kind: 'check', source: '' }, lent: {} }
const never = new AbortController().signal

/** Workers whose errands are done when they are told to. */
function workers() {
  const ends: boolean[] = []
  const finishes: (() => void)[] = []
  const begun: ((finish: () => void) => void)[] = []
  const start = (): SandboxWorker => {
    const number = ends.push(false) - 1
    return {
      perform() {
        const outcome = Promise.withResolvers<Outcome>()
        const finish = () => outcome.resolve({ answer: 'null' })
        const waiting = begun.shift()
        if (waiting) waiting(finish)
        else finishes.push(finish)
        return outcome.promise
      },
      isFit: () => !ends[number],
      end: () => {
        ends[number] = true
      },
    }
  }
  /** Finishes the next errand, once it has begun. */
  const finishNext = async () => {
    const finish = finishes.shift() ?? (await new Promise<() => void>((resolve) => begun.push(resolve)))
    finish()
  }
  return { start, finishNext, ends }
}

test('a process that is done takes the next errand, and no more are started than allowed', async () => {
  const { start, finishNext, ends } = workers()
  const pool = createWorkerPool({ start, size: 1, idleMs: 10_000 })
  const both = [pool.perform(errand, 'ada', never), pool.perform(errand, 'ada', never)]
  await finishNext()
  await finishNext()
  await expect(Promise.all(both)).resolves.toEqual([{ answer: 'null' }, { answer: 'null' }])
  expect(ends).toEqual([false])
  pool.close()
  expect(ends).toEqual([true])
})

test('who leaves the queue does not take a process from those behind', async () => {
  const { start, finishNext } = workers()
  const pool = createWorkerPool({ start, size: 1, idleMs: 10_000 })
  const leave = new AbortController()
  const first = pool.perform(errand, 'ada', never)
  const second = pool.perform(errand, 'ada', leave.signal)
  const third = pool.perform(errand, 'ada', never)
  leave.abort(new Error('left'))
  await expect(second).rejects.toThrow('left')
  await finishNext()
  await first
  await finishNext()
  await expect(third).resolves.toEqual({ answer: 'null' })
  pool.close()
})

test('a pool that is closed refuses what waits', async () => {
  const { start } = workers()
  const pool = createWorkerPool({ start, size: 1, idleMs: 10_000 })
  void pool.perform(errand, 'ada', never)
  const waiting = pool.perform(errand, 'ada', never)
  pool.close()
  await expect(waiting).rejects.toThrow('The sandbox is closed.')
})

test('one owner leaves half of the processes to the others', async () => {
  const { start, finishNext, ends } = workers()
  const pool = createWorkerPool({ start, size: 4, idleMs: 10_000 })
  const done: string[] = []
  const perform = (owner: string, name: string) => pool.perform(errand, owner, never).then(() => done.push(name))
  const all = [perform('ada', 'a1'), perform('ada', 'a2'), perform('ada', 'a3'), perform('bob', 'b1')]
  await finishNext()
  await finishNext()
  await finishNext()
  expect(ends).toHaveLength(3)
  await finishNext()
  await Promise.all(all)
  expect(done).toEqual(['a1', 'a2', 'b1', 'a3'])
  pool.close()
})
