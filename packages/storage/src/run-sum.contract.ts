import { newId } from '@runnel/protocol/id'
import { beforeEach, describe, expect, test } from 'vitest'
import { bucketOf } from './duration-buckets.ts'
import { idAt } from './id-at.ts'
import type { Storage } from './open-storage.ts'
import type { RunRecord } from './run-records.ts'
import type { RunSum } from './run-sum.ts'
import { countOf } from './session-sketch.ts'
import { aFlow, aProject, aRun, aUser } from './test-records.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Sums of runs. Time goes on from test to test, as it does for a store. */
export function runSumContract(open: () => Storage): void {
  let since = Date.parse('2020-01-01')
  let week = { since, until: since + 7 * DAY_MS, slotMs: DAY_MS }
  let later = week.until + HOUR_MS
  beforeEach(() => {
    since += 10 * DAY_MS
    week = { since, until: since + 7 * DAY_MS, slotMs: DAY_MS }
    later = week.until + HOUR_MS
  })
  const owner = async () => (await open().users.add(aUser())).id
  async function ownFlow(userId: string, projectId: string | null = null): Promise<string> {
    return (await open().flows.add(aFlow(userId, { projectId }))).id
  }
  /** A run so many days after the beginning, that took so many milliseconds. */
  async function ran(userId: string, flowId: string, day: number, ms: number, part: Partial<RunRecord> = {}) {
    const startedAt = since + day * DAY_MS
    // The time of an id of its own in place of that of this moment.
    const id = `${idAt(startedAt).slice(0, 14)}${newId().slice(14)}`
    const run = aRun(userId, flowId, { id, startedAt, endedAt: startedAt + ms, ...part })
    await open().runs.record({ run, messages: [], steps: [] })
    return run
  }
  const runsOf = (sums: ReadonlyMap<number, RunSum>) => [...sums].map(([slot, { runs }]) => [slot, runs]).toSorted()

  describe('sums of runs', () => {
    test('tell days and outcomes apart, and what has no price from what costs nothing', async () => {
      const userId = await owner()
      const flowId = await ownFlow(userId)
      await ran(userId, flowId, 0, 99, { cost: 5, inputTokens: 3, outputTokens: 1 })
      await ran(userId, flowId, 0.5, 99, { cost: 7, inputTokens: 1 })
      await ran(userId, flowId, 0.5, 300, { status: 'failed', unpricedTokens: 4 })
      await ran(userId, flowId, 6.9, 0, { status: 'cancelled' })
      await ran(userId, flowId, -0.1, 99)
      await ran(userId, flowId, 7, 99)
      const sums = await open().runSums.read({ ...week, userId }, later)
      const sessions = [expect.any(Number)]
      expect([...sums].toSorted(([a], [b]) => a - b)).toEqual([
        [
          0,
          {
            runs: 3,
            succeeded: 2,
            failed: 1,
            inputTokens: 4,
            outputTokens: 1,
            cost: 12,
            unpricedRuns: 1,
            unpricedTokens: 4,
            durations: { [bucketOf(99)]: 2, [bucketOf(300)]: 1 },
            sessions,
          },
        ],
        [
          6,
          {
            runs: 1,
            succeeded: 0,
            failed: 0,
            inputTokens: 0,
            outputTokens: 0,
            cost: null,
            unpricedRuns: 0,
            unpricedTokens: 0,
            durations: { [bucketOf(0)]: 1 },
            sessions,
          },
        ],
      ])
    })

    test('are the same while runs are young, going on, counted or gone', async () => {
      const userId = await owner()
      const flowId = await ownFlow(userId)
      const done = await ran(userId, flowId, 1, 10)
      const going = await ran(userId, flowId, 2, 0, { status: 'running', endedAt: null })
      const read = (now: number) => open().runSums.read({ ...week, userId }, now)
      const both = [
        [1, 1],
        [2, 1],
      ]
      expect(runsOf(await read(since))).toEqual(both)
      expect(runsOf(await read(later))).toEqual(both)
      expect((await read(later)).get(2)).toMatchObject({ succeeded: 0, durations: {} })
      const ended = { ...going, status: 'succeeded' as const, endedAt: going.startedAt + 5 }
      await open().runs.record({ run: ended, messages: [], steps: [] })
      expect((await read(since)).get(2)).toMatchObject({ runs: 1, succeeded: 1, durations: { [bucketOf(5)]: 1 } })
      expect((await read(later)).get(2)).toMatchObject({ runs: 1, succeeded: 1, durations: { [bucketOf(5)]: 1 } })
      await open().runs.remove(userId, done.id)
      await open().runs.remove(userId, going.id)
      expect(runsOf(await read(later))).toEqual(both)
    })

    test('count every run once, also when many come while others count them', async () => {
      const userId = await owner()
      const flowId = await ownFlow(userId)
      await Promise.all(Array.from({ length: 1203 }, (_, at) => ran(userId, flowId, (at % 60) / 10, at)))
      const read = () => open().runSums.read({ ...week, userId }, later)
      const [first, second] = await Promise.all([read(), read(), open().runSums.rollUp(later)])
      for (const sums of [first, second, await read()]) {
        expect([...sums.values()].reduce((sum, { runs }) => sum + runs, 0)).toBe(1203)
      }
    })

    test('are of one owner, of a flow or a project of theirs, or of everybody', async () => {
      const [ada, bob] = [await owner(), await owner()]
      const { id: projectId } = await open().projects.add(aProject(ada))
      const [one, two, foreign] = [await ownFlow(ada, projectId), await ownFlow(ada), await ownFlow(bob)]
      await ran(ada, one, 1, 10)
      await ran(ada, two, 1, 10)
      await ran(ada, two, 1, 10)
      await ran(bob, foreign, 1, 10)
      for (const now of [since, later]) {
        const runs = async (scope: object) => (await open().runSums.read({ ...week, ...scope }, now)).get(1)?.runs ?? 0
        expect(await runs({ userId: ada })).toBe(3)
        expect(await runs({ userId: ada, flowId: two })).toBe(2)
        expect(await runs({ userId: ada, projectId })).toBe(1)
        expect(await runs({ userId: ada, flowId: foreign })).toBe(0)
        expect(await runs({ userId: bob, projectId })).toBe(0)
        expect(await runs({})).toBe(4)
      }
      await open().flows.remove(ada, [one])
      expect((await open().runSums.read({ ...week, userId: ada }, later)).get(1)?.runs).toBe(2)
    })

    test('are cut into hours, and into days of which the last is not whole', async () => {
      const userId = await owner()
      const flowId = await ownFlow(userId)
      for (const hour of [0, 1.2, 1.9, 23.5, 25, 26.5, 27]) await ran(userId, flowId, hour / 24, 10)
      const { read } = open().runSums
      const hours = { userId, since, until: since + 24 * HOUR_MS, slotMs: HOUR_MS }
      expect(runsOf(await read(hours, later))).toEqual([
        [0, 1],
        [1, 2],
        [23, 1],
      ])
      expect(runsOf(await read({ userId, since, until: since + 27 * HOUR_MS, slotMs: DAY_MS }, later))).toEqual([
        [0, 4],
        [1, 2],
      ])
    })

    test('know a session again on another day; those of two flows are two', async () => {
      const userId = await owner()
      const [one, two] = [await ownFlow(userId), await ownFlow(userId)]
      for (const [flowId, day, sessionId] of [
        [one, 0, 'a'],
        [one, 0, 'a'],
        [one, 0, 'b'],
        [two, 0, 'a'],
        [one, 3, 'a'],
      ] as const) {
        await ran(userId, flowId, day, 1, { sessionId })
      }
      const sums = await open().runSums.read({ ...week, userId }, later)
      const [first, fourth] = [sums.get(0)?.sessions ?? [], sums.get(3)?.sessions ?? []]
      expect([countOf(first), countOf(fourth)]).toEqual([3, 1])
      expect(first).toContain(fourth[0])
    })

    test('are removed by their age, those by the hour before those by the day', async () => {
      const userId = await owner()
      const flowId = await ownFlow(userId)
      await ran(userId, flowId, 1, 10)
      const { runSums, prune } = open()
      await runSums.rollUp(later)
      const runs = async (slotMs: number) =>
        [...(await runSums.read({ ...week, userId, slotMs }, later)).values()].length
      await prune({ sumsBefore: { day: since, hour: week.until } })
      expect([await runs(DAY_MS), await runs(HOUR_MS)]).toEqual([1, 0])
      await prune({ sumsBefore: { day: week.until, hour: week.until } })
      expect(await runs(DAY_MS)).toBe(0)
    })
  })
}
