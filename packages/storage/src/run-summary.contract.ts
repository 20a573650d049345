import { newId } from '@runnel/protocol/id'
import { emptyProperties } from '@runnel/protocol/message'
import { describe, expect, test } from 'vitest'
import { idAt } from './id-at.ts'
import type { Storage } from './open-storage.ts'
import type { RunRecord } from './run-records.ts'
import { aFlow, aMessage, aRun, aUser } from './test-records.ts'

const DAY_MS = 86_400_000
const SINCE = Date.parse('2026-01-10')
const WEEK = { since: SINCE, until: SINCE + 7 * DAY_MS, slotMs: DAY_MS } as const

/** What is told of runs beside their sums. */
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

  describe('summaries of runs', () => {
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
