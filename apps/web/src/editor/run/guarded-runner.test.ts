import { expect, test } from 'vitest'
import { readDocument } from '../model/flow-document.ts'
import { createFlowRunner, type RunRequest } from './flow-runner.ts'
import { guardedRunner, type RunGuard } from './guarded-runner.ts'

const [mine, merged] = [readDocument({ nodes: [], edges: [] }), readDocument({ nodes: [], edges: [], merged: true })]

/** A guarded runner that only writes down what it is to run, and an editor others save to. */
function guarded(guard: Partial<Omit<RunGuard, 'editor'>> = {}) {
  const ran: RunRequest[] = []
  let document = mine
  const runner = {
    ...createFlowRunner('f'),
    run: async (request: RunRequest) => {
      ran.push(request)
      return { kind: 'done' } as const
    },
  }
  const takeIn = async (): Promise<void> => {
    document = merged
  }
  const made = guardedRunner(
    runner,
    {
      editor: { getDocument: () => document },
      catchUp: takeIn,
      hasConflict: () => false,
      refusal: () => 'Choose first',
      ...guard,
    },
    () => new Promise(() => undefined),
  )
  return { ran, runner: made }
}

test('a run takes in what others have saved before it begins', async () => {
  const { ran, runner } = guarded()
  await runner.run({ document: mine, stopAt: 'a' })
  expect(ran).toEqual([{ document: merged, stopAt: 'a' }])
})

test('a graph that is not the one of the editor runs as it was given', async () => {
  const { ran, runner } = guarded()
  const given = readDocument({ nodes: [], edges: [], given: true })
  await runner.run({ document: given })
  expect(ran).toEqual([{ document: given }])
})

test('a published version waits for nothing', async () => {
  const { ran, runner } = guarded({ catchUp: () => new Promise(() => undefined) })
  await runner.run({ document: mine, version: 2 })
  expect(ran).toEqual([{ document: mine, version: 2 }])
})

test('nothing runs while two states of the flow wait for a choice, and the bar says so', async () => {
  const { ran, runner } = guarded({ hasConflict: () => true })
  const outcome = await runner.run({ document: mine })
  expect(ran).toEqual([])
  expect(outcome).toEqual({ kind: 'failed', nodeId: undefined, message: 'Choose first' })
  expect(runner.store.getState().outcome).toEqual(outcome)
})

test('two clicks at once are one run, two after one another are two', async () => {
  const { ran, runner } = guarded()
  await Promise.all([runner.run({ document: mine }), runner.run({ document: mine })])
  await runner.run({ document: merged })
  expect(ran.length).toBe(2)
})
