import { newId } from '@runnel/protocol/id'
import { emptyProperties } from '@runnel/protocol/message'
import { describe, expect, test } from 'vitest'
import { idAt } from './id-at.ts'
import type { Storage } from './open-storage.ts'
import type { RunRecord } from './records.ts'
import { aFlow, aMessage, aProject, aRun, aUser } from './test-records.ts'

const DAY_MS = 86_400_000
const SINCE = Date.parse('2026-01-10')
const WEEK = { since: SINCE, until: SINCE + 7 * DAY_MS, slotMs: DAY_MS } as const
const BUCKET_LOG = Math.log(1.1)

/** Sums of runs. */
export function runSummaryContract(open: () => Storage): void {
  const owner = async () => (await open().users.add(aUser())).id
  async function ownFlow(userId: string, projectId: string | null = null): Promise<string> {
    return (await open().flows.add(aFlow(userId, { projectId }))).id
  }
  /** A run so many days after the beginning, that took so many milliseconds. */
  async function ran(userId: string, flowId: string, day: number, ms: number, part: Partial<RunRecord> = {}) {
    const startedAt = SINCE + day * DAY_MS
    // The time of an id of its own in place of that of this moment.
    const id = `${idAt(startedAt).slice(0, 14)}${newId().slice(14)}`
    await open().runs.record({
      run: aRun(userId, flowId, { id, startedAt, endedAt: startedAt + ms, ...part }),
      messages: [],
      steps: [],
    })
  }

  describe('sums of runs', () => {
    test('tell slots, outcomes and durations apart, and what has no price from what costs nothing', async () => {
      const userId = await owner()
      const flowId = await ownFlow(userId)
      await ran(userId, flowId, 0, 99, { cost: 5, inputTokens: 3, outputTokens: 1 })
      await ran(userId, flowId, 0.5, 99, { cost: 7, inputTokens: 1 })
      await ran(userId, flowId, 0.5, 99, { status: 'failed', unpricedTokens: 4 })
      await ran(userId, flowId, 6.9, 0, { status: 'running', endedAt: null })
      await ran(userId, flowId, -0.1, 99)
      await ran(userId, flowId, 7, 99)
      const sums = await open().runSummaries.runs({ ...WEEK, userId, bucketLog: BUCKET_LOG })
      const none = { inputTokens: 0, outputTokens: 0, cost: null, unpricedRuns: 0, unpricedTokens: 0 }
      expect(sums.toSorted((a, b) => a.slot - b.slot || a.status.localeCompare(b.status))).toEqual([
        { ...none, slot: 0, status: 'failed', durationBucket: 48, runs: 1, unpricedRuns: 1, unpricedTokens: 4 },
        {
          ...none,
          slot: 0,
          status: 'succeeded',
          durationBucket: 48,
          runs: 2,
          inputTokens: 4,
          outputTokens: 1,
          cost: 12,
        },
        { ...none, slot: 6, status: 'running', durationBucket: null, runs: 1 },
      ])
    })

    test('are of one owner, of a flow or a project of theirs, or of everybody', async () => {
      const [ada, bob] = [await owner(), await owner()]
      const { id: projectId } = await open().projects.add(aProject(ada))
      const [one, two, foreign] = [await ownFlow(ada, projectId), await ownFlow(ada), await ownFlow(bob)]
      await ran(ada, one, 1, 10)
      await ran(ada, two, 1, 10)
      await ran(ada, two, 1, 10)
      await ran(bob, foreign, 1, 10)
      const runs = async (scope: object) => {
        const sums = await open().runSummaries.runs({ ...WEEK, bucketLog: BUCKET_LOG, ...scope })
        return sums.reduce((sum, row) => sum + row.runs, 0)
      }
      expect(await runs({ userId: ada })).toBe(3)
      expect(await runs({ userId: ada, flowId: two })).toBe(2)
      expect(await runs({ userId: ada, projectId })).toBe(1)
      expect(await runs({ userId: ada, flowId: foreign })).toBe(0)
      expect(await runs({ userId: bob, projectId })).toBe(0)
      expect(await runs({})).toBeGreaterThanOrEqual(4)
    })

    test('count a session once in a slot and once in all', async () => {
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
      expect(await open().runSummaries.sessions({ ...WEEK, userId })).toEqual({
        bySlot: new Map([
          [0, 3],
          [3, 1],
        ]),
        all: 3,
      })
    })

    test('hold the thumbs of their time, not those that are quoted', async () => {
      const userId = await owner()
      const flowId = await ownFlow(userId)
      const rated = (day: number, positive_feedback: boolean | null, text = '') =>
        aMessage(userId, {
          flow_id: flowId,
          timestamp: SINCE + day * DAY_MS,
          properties: {
            ...emptyProperties,
            positive_feedback,
            ...(text !== '' && { feedback: { reasons: [], text } }),
          },
        })
      await open().messages.save([
        rated(0, true),
        rated(0, false, '"positive_feedback":true'),
        rated(2, true),
        rated(2, null),
        rated(9, true),
      ])
      const scope = { ...WEEK, userId }
      const thumbs = async (of: object) =>
        (await open().runSummaries.feedback({ ...scope, ...of })).toSorted((a, b) => a.slot - b.slot)
      expect(await thumbs({})).toEqual([
        { slot: 0, up: 1, down: 1 },
        { slot: 2, up: 1, down: 0 },
      ])
      expect(await thumbs({ flowId })).toHaveLength(2)
      expect(await thumbs({ userId: await owner() })).toEqual([])
    })

    test('say of each model how many of its calls have no known price', async () => {
      const userId = await owner()
      const flowId = await ownFlow(userId)
      const of = { userId, flowId, provider: 'P', calls: 2, inputTokens: 10, outputTokens: 1 }
      const modelUsage = [
        { ...of, day: '2026-01-10', model: 'm', cost: null },
        { ...of, day: '2026-01-16', model: 'm', cost: 8 },
        { ...of, day: '2026-01-16', model: 'free', cost: 0 },
        { ...of, day: '2026-01-16', model: 'own', cost: null },
        { ...of, day: '2026-01-17', model: 'm', cost: 8 },
      ]
      await open().runs.record({ messages: [], steps: [], modelUsage })
      const { models } = open().runSummaries
      const sum = { provider: 'P', calls: 2, inputTokens: 10, outputTokens: 1 }
      expect(await models({ ...WEEK, userId, flowId })).toEqual([
        { ...sum, model: 'm', calls: 4, inputTokens: 20, outputTokens: 2, unpricedCalls: 2, cost: 8 },
        { ...sum, model: 'free', unpricedCalls: 0, cost: 0 },
        { ...sum, model: 'own', unpricedCalls: 2, cost: null },
      ])
      expect(await models({ ...WEEK, userId: await owner(), flowId })).toEqual([])
      const everybody = await models({ since: WEEK.since, until: WEEK.until })
      expect(everybody.find(({ model }) => model === 'own')?.calls).toBeGreaterThanOrEqual(2)
    })

    test('name the most frequent failures first, and everybody’s by their codes alone', async () => {
      const userId = await owner()
      const flowId = await ownFlow(userId)
      const failed = (error: string) =>
        ({ status: 'failed', error, errorCode: `code_of_${userId}`, failedNodeId: 'M-1' }) as const
      await ran(userId, flowId, 1, 1, failed('late'))
      await ran(userId, flowId, 2, 1, failed('no key'))
      await ran(userId, flowId, 3, 1, failed('no key'))
      const { errors } = open().runSummaries
      const common = { code: `code_of_${userId}`, flowId, nodeId: 'M-1' }
      expect(await errors({ ...WEEK, userId }, { limit: 10 })).toEqual([
        { ...common, message: 'no key', runs: 2, lastAt: SINCE + 3 * DAY_MS },
        { ...common, message: 'late', runs: 1, lastAt: SINCE + DAY_MS },
      ])
      expect(await errors({ ...WEEK, userId }, { limit: 1 })).toHaveLength(1)
      const everybody = await errors(WEEK, { limit: 1000, codesOnly: true })
      expect(everybody).toContainEqual({
        code: `code_of_${userId}`,
        message: null,
        flowId: null,
        nodeId: null,
        runs: 3,
        lastAt: SINCE + 3 * DAY_MS,
      })
    })
  })
}
