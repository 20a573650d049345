import { newId } from '@runnel/protocol/id'
import type { Storage } from '@runnel/storage/open-storage'
import type { RunJob } from '@runnel/storage/run-records'
import { describe, expect, test } from 'vitest'
import { createQueueWorker } from './queue-worker.ts'
import { createRunQueue, type NewRun, type RunQueue } from './run-queue.ts'

/** What every queue promises, and a worker on it. */
export function queueContract(open: () => Storage): void {
  const now = Date.now
  const newQueue = (runs = 1000) => createRunQueue({ storage: open(), now, limits: { runs, bytes: 10_000 } })
  const newRun = (flowId: string, part: Partial<NewRun> = {}): NewRun => ({
    id: newId(),
    flowId,
    userId: `owner of ${flowId}`,
    sessionId: flowId,
    kind: 'webhook',
    payload: { body: 'posted' },
    ...part,
  })
  const statusOf = async ({ id, userId }: Pick<NewRun, 'id' | 'userId'>) => (await open().runs.get(userId, id))?.status
  /** Ends a run as those who work on it do. */
  async function end(job: RunJob): Promise<void> {
    const { runs } = open()
    const run = await runs.get(job.userId, job.id)
    if (!run) throw new Error('No such run')
    await runs.record({ claim: job, run: { ...run, status: 'succeeded', endedAt: now() }, messages: [], steps: [] })
  }
  function newWorker(queue: RunQueue, work: (job: RunJob, signal: AbortSignal) => Promise<void>, slots = 4) {
    const errors: unknown[] = []
    const worker = createQueueWorker({ queue, slots, work, onError: (error) => void errors.push(error) })
    return Object.assign(worker, { errors, [Symbol.asyncDispose]: () => worker.stop() })
  }
  /** Stays until it is let go or cut. */
  function gate() {
    const { promise, resolve } = Promise.withResolvers<void>()
    return {
      open: resolve,
      pass: (signal: AbortSignal) =>
        Promise.race([
          promise,
          new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
        ]),
    }
  }

  describe('a run that is cancelled', () => {
    test('never begins when it waits, and makes room', async () => {
      const queue = newQueue(2)
      const run = newRun(newId())
      await queue.enqueue(run)
      expect(queue.depth()).toBe(1)
      await expect(queue.cancel(run.id)).resolves.toBe(true)
      expect([queue.depth(), await statusOf(run)]).toEqual([0, 'cancelled'])
      await expect(queue.cancel(run.id)).resolves.toBe(false)
    })

    test('is cut at once when it is worked on, and is not tried again', async () => {
      const queue = newQueue()
      const held = gate()
      const begun = Promise.withResolvers<void>()
      let times = 0
      await using worker = newWorker(queue, async (_, signal) => {
        times++
        begun.resolve()
        await held.pass(signal).catch(() => {})
      })
      worker.start()
      const run = newRun(newId())
      await queue.enqueue(run)
      await begun.promise
      await expect(queue.cancel(run.id)).resolves.toBe(true)
      await worker.idle()
      expect([await statusOf(run), times, queue.depth(), worker.errors]).toEqual(['cancelled', 1, 0, []])
    })
  })

  describe('a worker', () => {
    test('ends every run that comes in, each once, however many at a time', async () => {
      const queue = newQueue()
      const begun: string[] = []
      await using worker = newWorker(queue, async (job) => {
        begun.push(job.id)
        expect(worker.running()).toBeLessThanOrEqual(8)
        expect(job.payload.body).toBe('posted')
        await end(job)
      })
      worker.start()
      const runs = ['a', 'b', 'c'].flatMap((name) => {
        const flowId = newId()
        return Array.from({ length: 20 }, () => newRun(flowId, { sessionId: name }))
      })
      await Promise.all(runs.map((run) => queue.enqueue(run)))
      await expect.poll(() => queue.depth()).toBe(0)
      expect(begun.toSorted()).toEqual(runs.map(({ id }) => id).toSorted())
      expect(new Set(await Promise.all(runs.map(statusOf)))).toEqual(new Set(['succeeded']))
      expect(worker.errors).toEqual([])
    })

    test('serves another flow although one hangs in every slot', async () => {
      const queue = newQueue()
      const hang = gate()
      const hanging = newId()
      await using worker = newWorker(queue, async (job, signal) => {
        if (job.flowId === hanging) await hang.pass(signal)
        await end(job)
      })
      worker.start()
      await Promise.all(Array.from({ length: 12 }, () => queue.enqueue(newRun(hanging))))
      await expect.poll(() => worker.running()).toBe(4)
      const quick = newRun(newId())
      await queue.enqueue(quick)
      await expect.poll(() => statusOf(quick)).toBe('succeeded')
      hang.open()
      await expect.poll(() => queue.depth()).toBe(0)
    })

    test('that stops puts back what it cannot finish, and the next one ends it', async () => {
      const queue = newQueue()
      const run = newRun(newId())
      const attempts: number[] = []
      {
        await using worker = newWorker(queue, async (job, signal) => {
          attempts.push(job.attempts)
          await gate().pass(signal)
        })
        worker.start()
        await queue.enqueue(run)
        await expect.poll(() => worker.running()).toBe(1)
      }
      expect(await statusOf(run)).toBe('queued')
      await using worker = newWorker(queue, async (job) => {
        attempts.push(job.attempts)
        await end(job)
      })
      worker.start()
      await expect.poll(() => statusOf(run)).toBe('succeeded')
      expect(attempts).toEqual([1, 1])
    })

    test('that drains ends what runs and begins nothing more', async () => {
      const queue = newQueue()
      const hold = gate()
      const flowId = newId()
      const runs = [newRun(flowId), newRun(flowId)]
      await using worker = newWorker(
        queue,
        async (job, signal) => {
          await hold.pass(signal)
          await end(job)
        },
        1,
      )
      worker.start()
      for (const run of runs) await queue.enqueue(run)
      await expect.poll(() => worker.running()).toBe(1)
      worker.drain()
      hold.open()
      await worker.idle()
      expect(await Promise.all(runs.map(statusOf))).toEqual(['succeeded', 'queued'])
      await open().jobs.claim(new Map([[flowId, 1]]), 60_000, now())
    })

    test('reports a run that fails to reach its end, and goes on with the others', async () => {
      const queue = newQueue()
      const bad = newRun(newId())
      const good = newRun(newId())
      await using worker = newWorker(queue, async (job) => {
        if (job.id === bad.id) throw new Error('the store is away')
        await end(job)
      })
      worker.start()
      await queue.enqueue(bad)
      await queue.enqueue(good)
      await expect.poll(() => statusOf(good)).toBe('succeeded')
      await expect.poll(() => worker.errors.length).toBe(1)
      expect(await statusOf(bad)).toBe('running')
    })
  })

  test('a full queue refuses, in a moment it takes runs again', async () => {
    const queue = newQueue(4)
    const runs = [newRun('x'), newRun('x'), newRun('y'), newRun('y')]
    for (const run of runs) await queue.enqueue(run)
    expect(() => queue.checkRoom(1)).toThrow(expect.objectContaining({ code: 'overloaded' }))
    const late = newRun('z')
    await expect(queue.enqueue(late)).rejects.toMatchObject({ code: 'overloaded', retryAfterSeconds: 5 })
    expect(await statusOf(late)).toBeUndefined()
    const [job] = await queue.claim(new Map([['x', 1]]))
    if (!job) return expect.unreachable()
    await end(job)
    queue.finished(job)
    await queue.enqueue(late)
    expect(await statusOf(late)).toBe('queued')
  })
}
