import { catalog } from '@runnel/components/catalog'
import { compileGraph } from '@runnel/engine/compile-graph'
import type { Graph, GraphNode } from '@runnel/engine/graph'
import type { NodeResult } from '@runnel/engine/node-result'
import { createRegistry } from '@runnel/engine/registry'
import { data, dataFrame, message } from '@runnel/sdk'
import { flow } from '@runnel/testing/flow-builder'
import { describe, expect, test } from 'vitest'
import { createStepCheckpoints, readCheckpoints, withFinished } from './step-checkpoints.ts'

const component = (type: string) => catalog.find((entry) => entry.type === type) ?? expect.unreachable()
const graph: Graph = compileGraph(
  flow({ ask: component('ChatInput'), say: component('ChatOutput') }, ['ask.message -> say.input_value']),
  createRegistry(catalog),
)
const node = (index: number): GraphNode => graph.nodes[index] ?? expect.unreachable()
const attempt = { claim: { id: 'run', fence: 1 }, flowVersion: 2, finished: new Map() }

function resultOf(outputs: Readonly<Record<string, unknown>>, part: Partial<NodeResult> = {}): NodeResult {
  return {
    node: node(0),
    outputs: new Map(Object.entries(outputs)),
    logs: new Map([['message', [{ name: 'a', message: { b: 1 }, type: 'object' }]]]),
    status: 'done',
    inputs: {},
    usage: { input_tokens: 1, output_tokens: 2, total_tokens: 3 },
    startedAt: 5,
    durationMs: 1.5,
    usedFrozenResult: false,
    stopped: new Set(['other']),
    ...part,
  }
}
function taken(result: NodeResult, of: Graph = graph) {
  const checkpoints = createStepCheckpoints(attempt, of)
  checkpoints.finished(result)
  return checkpoints.take()
}

describe('a finished step', () => {
  test('comes back as it was: messages, tables, long texts, stopped and empty outputs', () => {
    const result = resultOf({
      message: message('x'.repeat(100_000), { id: 'm', session_id: 's', extra: { __proto: 1 } }),
      data: [data({ a: [1, null, { b: 'c' }] })],
      table: dataFrame([{ a: 1 }, { b: 2 }]),
      nothing: undefined,
    })
    expect(readCheckpoints(graph, taken(result))).toEqual(new Map([[node(0).id, result]]))
  })

  test.each([
    ['a function', { call: () => 1 }],
    ['a date', { at: new Date(0) }],
    ['a number JSON has no word for', { n: Number.NaN }],
    ['more than is worth keeping', { text: 'x'.repeat(5_000_000) }],
  ])('that gave %s is repeated instead', (_name, outputs) => {
    expect(taken(resultOf(outputs))).toEqual([])
  })

  test('in a cycle is repeated instead', () => {
    const cycle = graph.nodes.map(() => 0)
    expect(taken(resultOf({}), { ...graph, topology: { ...graph.topology, cycle } })).toEqual([])
  })

  test('takes the messages it stored along, and is taken once', () => {
    const checkpoints = createStepCheckpoints(attempt, graph)
    checkpoints.said('m-1', node(0).id)
    checkpoints.said('m-2', node(1).id)
    checkpoints.finished(resultOf({}))
    expect(checkpoints.take()).toMatchObject([
      { runId: 'run', nodeId: node(0).id, flowVersion: 2, messageIds: ['m-1'] },
    ])
    expect(checkpoints.take()).toEqual([])
  })
})

test('finished nodes are frozen for the repetition, the others are as they were', () => {
  const resumed = withFinished(graph, new Map([[node(0).id, resultOf({})]]))
  expect(resumed.nodes.map(({ frozen }) => frozen)).toEqual([true, false])
  expect(withFinished(graph, new Map())).toBe(graph)
})

test('a step of a node that is no longer in the flow is left out', () => {
  const [checkpoint] = taken(resultOf({}))
  if (!checkpoint) return expect.unreachable()
  expect(readCheckpoints(graph, [{ ...checkpoint, nodeId: 'gone' }])).toEqual(new Map())
})
