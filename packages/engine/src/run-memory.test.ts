import { setImmediate as nextTurn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { message } from '@runnel/sdk'
import { flow } from '@runnel/testing/flow-builder'
import { expect, test } from 'vitest'
import { runFlow } from './run-flow.ts'
import { testGraph, testPorts, testRequest, toy } from './test-run.ts'

const RUNS = 100

test('a run that has ended goes with the next collection of young objects', async () => {
  setFlagsFromString('--expose-gc')
  const collect: (options: { readonly type: 'minor' }) => void = runInNewContext('gc')
  const talk = toy('Talk', (_, { node, messages }) => messages.send(message(node.displayName)), { role: 'output' })
  const graph = testGraph([talk], flow({ a: talk, b: talk }, ['a.out -> b.text']))
  const ended: WeakRef<object>[] = []
  for (let run = 0; run < RUNS; run++) {
    const request = { ...testRequest, runId: `run ${run}` }
    ended.push(new WeakRef(request))
    for await (const _ of runFlow(graph, request, testPorts(), new AbortController().signal));
    // A WeakRef holds what it was made with until the turn is over. Two collections meanwhile would make all of them old.
    await nextTurn()
  }
  for (let round = 0; round < 3; round++) collect({ type: 'minor' })
  await nextTurn()
  expect(ended.filter((run) => run.deref() !== undefined).length).toBeLessThan(RUNS / 10)
})
