import { describe, expect, test } from 'vitest'
import type { FlowTestResult } from './flow-test-records.ts'
import type { Storage } from './open-storage.ts'
import { aFlow, aFlowTest, aFlowTestRun, aProject, aUser } from './test-records.ts'

/** Tests of flows, and how they went. */
export function flowTestContract(open: () => Storage): void {
  const owner = async () => (await open().users.add(aUser())).id
  const ownFlow = async () => open().flows.add(aFlow(await owner()))
  const passed: FlowTestResult = {
    testId: 'test',
    name: 'Greets',
    inputValue: 'Hello',
    checkKind: 'contains',
    expected: 'Good day',
    state: 'passed',
    runId: 'run',
    actual: 'Good day to you',
    reason: null,
    durationMs: 12.5,
  }

  describe('tests of flows', () => {
    test('are found, listed, replaced and removed by the owner of their flow alone', async () => {
      const { flowTests } = open()
      const flow = await ownFlow()
      const [ada, bob] = [flow.userId, await owner()]
      const made = await flowTests.add(
        aFlowTest(flow, { tweaks: { 'Prompt-1': { template: 'x' } }, judge: { provider: 'OpenAI', name: 'gpt' } }),
      )
      const second = await flowTests.add(aFlowTest(flow, { createdAt: 2, ignoreCase: true }))
      expect(await flowTests.find(ada, flow.id, made.id)).toEqual(made)
      expect(await flowTests.find(bob, flow.id, made.id)).toBeUndefined()
      expect(await flowTests.list(ada, flow.id)).toEqual([made, second])
      expect(await flowTests.list(bob, flow.id)).toEqual([])
      expect(await flowTests.replace({ ...made, userId: bob, name: 'stolen' })).toBe(false)
      expect(await flowTests.replace({ ...made, name: 'Renamed', judge: null })).toBe(true)
      expect(await flowTests.remove(bob, flow.id, second.id)).toBe(false)
      expect(await flowTests.remove(ada, flow.id, second.id)).toBe(true)
      expect(await flowTests.list(ada, flow.id)).toEqual([{ ...made, name: 'Renamed', judge: null }])
    })

    test('keep how they went, unless they were changed meanwhile', async () => {
      const { flowTests } = open()
      const flow = await ownFlow()
      const made = await flowTests.add(aFlowTest(flow))
      const last = { testRunId: 'one', runId: 'run', passed: true, at: 5 }
      await flowTests.settle(made, last)
      expect(await flowTests.find(flow.userId, flow.id, made.id)).toEqual({ ...made, last })
      const changed = { ...made, last: null, updatedAt: 9 }
      await flowTests.replace(changed)
      await flowTests.settle(made, last)
      expect(await flowTests.find(flow.userId, flow.id, made.id)).toEqual(changed)
    })

    test('go with their flow, and so do their runs', async () => {
      const { flows, flowTests } = open()
      const flow = await ownFlow()
      await flowTests.add(aFlowTest(flow))
      const run = aFlowTestRun(flow)
      await flowTests.addRun(run, { keep: 5 })
      await flows.remove(flow.userId, [flow.id])
      expect(await flowTests.list(flow.userId, flow.id)).toEqual([])
      expect(await flowTests.findRun(flow.userId, flow.id, run.id)).toBeUndefined()
    })
  })

  describe('runs of tests', () => {
    test('tell how far they are, end once, and are forgotten beyond the bound', async () => {
      const { flowTests } = open()
      const flow = await ownFlow()
      const first = aFlowTestRun(flow, { startedAt: 1 })
      const second = aFlowTestRun(flow, { startedAt: 2, target: 'published', version: 3 })
      for (const run of [first, second]) await flowTests.addRun(run, { keep: 2 })
      const progress = { results: [passed], passed: 1, updatedAt: 3 }
      expect(await flowTests.progress(second.id, progress)).toBe(true)
      const end = { ...progress, status: 'completed', score: 1, endedAt: 4 } as const
      expect(await flowTests.end(second.id, end)).toBe(true)
      expect(await flowTests.end(second.id, { ...end, status: 'cancelled' })).toBe(false)
      expect(await flowTests.progress(second.id, progress)).toBe(false)
      expect(await flowTests.findRun(flow.userId, flow.id, second.id)).toEqual({ ...second, ...end })
      expect(await flowTests.findRun(await owner(), flow.id, second.id)).toBeUndefined()
      const { results: _, ...header } = { ...second, ...end }
      expect(await flowTests.runs(flow.userId, flow.id, 1)).toEqual([header])
      await flowTests.addRun(aFlowTestRun(flow, { startedAt: 3 }), { keep: 2 })
      expect(await flowTests.findRun(flow.userId, flow.id, first.id)).toBeUndefined()
    })

    test('give scores of flows, projects and users, oldest first, when all tests ran to their end', async () => {
      const { flows, projects, flowTests } = open()
      const userId = await owner()
      const project = await projects.add(aProject(userId))
      const [inside, outside] = [
        await flows.add(aFlow(userId, { projectId: project.id })),
        await flows.add(aFlow(userId)),
      ]
      const ended = { status: 'completed', score: 0.5 } as const
      const early = aFlowTestRun(inside, { ...ended, endedAt: 10 })
      const late = aFlowTestRun(outside, { ...ended, endedAt: 20 })
      const others = [
        aFlowTestRun(inside, { ...ended, endedAt: 15, isWhole: false }),
        aFlowTestRun(inside, { status: 'cancelled', endedAt: 15 }),
        aFlowTestRun(inside, { ...ended, endedAt: 30 }),
        aFlowTestRun(inside),
      ]
      for (const run of [late, early, ...others]) await flowTests.addRun(run, { keep: 9 })
      const scores = async (more: { readonly flowId?: string; readonly projectId?: string; readonly limit?: number }) =>
        (await flowTests.scores({ userId, since: 10, until: 30, limit: 9, ...more })).map(({ id }) => id)
      expect(await scores({})).toEqual([early.id, late.id])
      expect(await scores({ limit: 1 })).toEqual([late.id])
      expect(await scores({ flowId: outside.id })).toEqual([late.id])
      expect(await scores({ projectId: project.id })).toEqual([early.id])
      expect(await flowTests.scores({ userId: await owner(), since: 10, until: 30, limit: 9 })).toEqual([])
    })
  })
}
