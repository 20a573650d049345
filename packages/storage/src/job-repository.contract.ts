import { newId } from '@runnel/protocol/id'
import { describe, expect, test } from 'vitest'
import { ClaimLost, UniqueViolation } from './faults.ts'
import type { Storage } from './open-storage.ts'
import type { RunBatch, RunJob } from './run-records.ts'
import { aFlow, aMessage, aQueuedRun, aStep, aUser } from './test-records.ts'

const LEASE_MS = 60_000
const sweepAll = { held: [], maxAttempts: 3, error: 'interrupted too often' }

/** Runs that wait for a worker. */
export function jobContract(open: () => Storage): void {
  const ownFlow = async () => {
    const { id: userId } = await open().users.add(aUser())
    const { id: flowId } = await open().flows.add(aFlow(userId))
    return { userId, flowId }
  }
  const enqueued = async (part: Partial<RunJob> = {}) => {
    const { userId, flowId } = await ownFlow()
    const queued = aQueuedRun(userId, flowId, part)
    await open().runs.record(queued)
    return { ...queued, userId, flowId }
  }
  const claimed = async (flowId: string, leaseMs = LEASE_MS) => {
    const [job] = await open().jobs.claim(new Map([[flowId, 1]]), leaseMs, Date.now())
    if (!job) throw new Error('No run waits')
    return job
  }
  const mine = async <Item extends { readonly flowId: string }>(items: Promise<readonly Item[]>, flowId: string) =>
    (await items).filter((item) => item.flowId === flowId)

  describe('jobs', () => {
    test('are handed out in the order they came, each once, with their payload', async () => {
      const { runs, jobs } = open()
      const body = `{"a":"\0 🦊"}`
      const { userId, flowId, job: first } = await enqueued({ payload: { body }, bytes: 7 })
      const second = aQueuedRun(userId, flowId)
      await runs.record(second)
      expect(await mine(jobs.waiting(), flowId)).toEqual([{ flowId, userId, runs: 2, first: first.id }])
      expect(await mine(jobs.loads(), flowId)).toEqual([{ flowId, userId, runs: 2, bytes: 9 }])
      const one = new Map([[flowId, 1]])
      expect(await jobs.claim(one, LEASE_MS, 5)).toMatchObject([
        { id: first.id, state: 'running', attempts: 1, fence: 1, payload: { body } },
      ])
      expect(await runs.get(userId, first.id)).toMatchObject({ status: 'running', startedAt: 5 })
      expect(await claimed(flowId)).toMatchObject({ id: second.job.id })
      expect(await jobs.claim(one, LEASE_MS, 5)).toEqual([])
      expect(await mine(jobs.waiting(), flowId)).toEqual([])
      expect(await mine(jobs.loads(), flowId)).toHaveLength(1)
    })

    test('that many ask for at once go to one of them', async () => {
      const { userId, flowId } = await enqueued()
      await open().runs.record(aQueuedRun(userId, flowId))
      const wanted = new Map([[flowId, 2]])
      const asked = await Promise.all(Array.from({ length: 5 }, () => open().jobs.claim(wanted, LEASE_MS, 5)))
      expect(new Set(asked.flat().map(({ id }) => id)).size).toBe(2)
      expect(asked.flat()).toHaveLength(2)
    })

    test('end with the last batch of their run, and only by the claim that holds', async () => {
      const { runs, jobs, messages } = open()
      const { userId, flowId, run } = await enqueued()
      const stale = await claimed(flowId)
      await jobs.giveBack(stale, { uncounted: false }, 6)
      const claim = await claimed(flowId)
      expect(claim).toMatchObject({ fence: 2, attempts: 2 })
      const done = { ...run, status: 'succeeded' as const, endedAt: 9 }
      const batch: RunBatch = { run: done, messages: [aMessage(userId, { flow_id: flowId })], steps: [] }
      await expect(runs.record({ ...batch, claim: stale })).rejects.toThrow(ClaimLost)
      expect(await messages.find({ userId })).toEqual([])
      expect(await runs.get(userId, run.id)).toMatchObject({ status: 'running' })
      await runs.record({ ...batch, claim })
      expect(await runs.get(userId, run.id)).toEqual(done)
      expect(await mine(jobs.loads(), flowId)).toEqual([])
      await expect(runs.record({ ...batch, claim })).rejects.toThrow(ClaimLost)
      expect(await messages.find({ userId })).toHaveLength(1)
    })

    test('a batch whose claim is lost fails alone', async () => {
      const { runs } = open()
      const one = await enqueued()
      const two = await enqueued()
      const claim = await claimed(one.flowId)
      const outcomes = await Promise.allSettled([
        runs.record({ claim: { id: two.job.id, fence: 1 }, messages: [], steps: [] }),
        runs.record({ claim, run: { ...one.run, status: 'failed', endedAt: 3 }, messages: [], steps: [] }),
      ])
      expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
    })

    test('are renewed and handed back by their worker alone', async () => {
      const { jobs, runs } = open()
      const { userId, flowId } = await enqueued()
      const claim = await claimed(flowId)
      const stranger = { id: claim.id, fence: claim.fence - 1 }
      expect(await jobs.renew([stranger], LEASE_MS, 5)).toEqual([])
      await jobs.giveBack(stranger, { uncounted: true }, 5)
      expect(await jobs.renew([claim], LEASE_MS, 5)).toEqual([claim.id])
      await jobs.giveBack(claim, { uncounted: true }, 5)
      expect(await runs.get(userId, claim.id)).toMatchObject({ status: 'queued' })
      expect(await claimed(flowId)).toMatchObject({ attempts: 1, fence: 2 })
    })

    test('of a worker that is gone come back, those of this process stay', async () => {
      const { jobs, runs } = open()
      const lost = await enqueued()
      const held = await enqueued()
      await claimed(lost.flowId, -1)
      const claim = await claimed(held.flowId, -1)
      expect(await jobs.sweep({ ...sweepAll, held: [claim.id] }, 5)).toEqual({ ended: [] })
      expect(await runs.get(lost.userId, lost.run.id)).toMatchObject({ status: 'queued' })
      expect(await claimed(lost.flowId)).toMatchObject({ attempts: 2, fence: 2 })
      expect(await jobs.claim(new Map([[held.flowId, 1]]), LEASE_MS, 5)).toEqual([])
      await jobs.giveBack(claim, { uncounted: false }, 5)
    })

    test('that were begun too often end as failed', async () => {
      const { jobs, runs } = open()
      const { userId, flowId, run } = await enqueued({ attempts: 2 })
      await claimed(flowId, -1)
      expect(await jobs.sweep(sweepAll, 50)).toEqual({ ended: [run.id] })
      expect(await runs.get(userId, run.id)).toMatchObject({
        status: 'failed',
        error: 'interrupted too often',
        errorCode: 'interrupted',
        endedAt: 50,
      })
      expect(await jobs.sweep(sweepAll, 60)).toEqual({ ended: [] })
      expect(await runs.get(userId, run.id)).toMatchObject({ endedAt: 50 })
      expect(await mine(jobs.loads(), flowId)).toEqual([])
    })

    test('are ended while they wait or are worked on, and their worker can end them no more', async () => {
      const { runs, jobs } = open()
      const { userId, flowId, run, job } = await enqueued()
      expect(await jobs.cancel(job.id, 7)).toMatchObject({ id: job.id, flowId, state: 'queued' })
      expect(await runs.get(userId, job.id)).toMatchObject({ status: 'cancelled', endedAt: 7 })
      expect(await mine(jobs.waiting(), flowId)).toEqual([])
      expect(await jobs.cancel(job.id, 8)).toBeUndefined()
      const second = aQueuedRun(userId, flowId)
      await runs.record(second)
      const claim = await claimed(flowId)
      expect(await jobs.cancel(claim.id, 9)).toMatchObject({ id: claim.id, state: 'running' })
      const done = { ...run, id: claim.id, status: 'succeeded' as const, endedAt: 10 }
      await expect(runs.record({ run: done, claim, messages: [], steps: [] })).rejects.toThrow(ClaimLost)
      expect(await runs.get(userId, claim.id)).toMatchObject({ status: 'cancelled', endedAt: 9 })
    })

    test('keep what finished steps left behind, and lose the rest, when they are resumed', async () => {
      const { jobs, runs, messages } = open()
      const { userId, flowId, run } = await enqueued()
      const said = ['kept', 'partial'].map((text) => aMessage(userId, { flow_id: flowId, run_id: run.id, text }))
      const other = aMessage(userId, { flow_id: flowId, run_id: newId(), text: 'of another run' })
      const first = await claimed(flowId)
      const checkpoint = {
        runId: run.id,
        nodeId: 'A',
        flowVersion: 3,
        messageIds: [said[0]?.id ?? ''],
        data: '{"text":"x"}',
      }
      await runs.record({
        claim: first,
        messages: [...said, other],
        steps: [aStep(run, 'A'), aStep(run, 'B')],
        checkpoints: [checkpoint],
      })
      await jobs.giveBack(first, { uncounted: false }, 5)
      const second = await claimed(flowId)
      await expect(jobs.resume(first, 3)).rejects.toThrow(ClaimLost)
      expect(await jobs.resume(second, 3)).toEqual([checkpoint])
      expect((await messages.find({ userId, orderBy: 'text' })).map(({ text }) => text)).toEqual([
        'kept',
        'of another run',
      ])
      expect((await runs.steps(userId, run.id)).map(({ nodeId }) => nodeId)).toEqual(['A'])
      expect(await jobs.resume(second, 4)).toEqual([])
      expect(await messages.find({ userId })).toHaveLength(1)
      expect(await runs.steps(userId, run.id)).toEqual([])
    })

    test('go with their flow', async () => {
      const { jobs, flows } = open()
      const { userId, flowId } = await enqueued()
      await flows.remove(userId, [flowId])
      expect(await mine(jobs.loads(), flowId)).toEqual([])
    })
  })

  test('a request with an idempotency key begins one run, and is forgotten in time', async () => {
    const { runs, idempotency } = open()
    const { userId, flowId } = await ownFlow()
    const [first, second] = [aQueuedRun(userId, flowId), aQueuedRun(userId, flowId)]
    const request = { id: newId(), requestHash: 'hash', runId: first.run.id, createdAt: 10 }
    const outcomes = await Promise.allSettled([
      runs.record({ ...first, request }),
      runs.record({ ...second, request: { ...request, runId: second.run.id } }),
    ])
    expect(outcomes).toMatchObject([{ status: 'fulfilled' }, { reason: expect.any(UniqueViolation) }])
    expect(await idempotency.find(request.id)).toEqual(request)
    expect(await runs.get(userId, second.run.id)).toBeUndefined()
    await idempotency.forget(11)
    expect(await idempotency.find(request.id)).toBeUndefined()
  })
}
