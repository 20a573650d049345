import { expect, test } from 'vitest'
import type { FlowDocument, FlowNode, NodeOutput } from '../model/flow-document.ts'
import { nodeTitle, standsAt } from '../model/groups.ts'
import { groupRuns } from './group-run.ts'
import { idleNode, type NodeRun } from './node-run.ts'

const node = (id: string, outputs: readonly NodeOutput[], inside?: readonly FlowNode[]): FlowNode => ({
  id,
  type: 'genericNode',
  position: { x: 0, y: 0 },
  data: {
    id,
    type: inside ? 'GroupNode' : 'Step',
    node: {
      display_name: id.toUpperCase(),
      description: '',
      template: {},
      outputs,
      ...(inside && { flow: { data: { nodes: inside, edges: [] } } }),
    },
  },
})
const output = (name: string, proxy?: { readonly id: string; readonly name: string }): NodeOutput => ({
  name,
  types: ['Message'],
  ...(proxy && { proxy: { ...proxy, nodeDisplayName: '' } }),
})
const last = node('last', [output('text')])
const within = node('within', [output('last_text', { id: 'last', name: 'text' })], [last])
const group = node(
  'group',
  [output('within_last_text', { id: 'within', name: 'last_text' })],
  [node('first', [output('text')]), within],
)
const document: FlowDocument = { nodes: [node('alone', []), group], edges: [] }

const text = (message: string) => ({ message, type: 'text' })
const done = (message: string, change: Partial<NodeRun> = {}): NodeRun => ({
  ...idleNode,
  status: 'done',
  duration: '15 ms',
  startedAt: 10,
  endedAt: 25,
  outputs: { text: text(message) },
  ...change,
})
const told = (runs: Readonly<Record<string, NodeRun>>) =>
  groupRuns(document, new Map(Object.entries(runs)), Object.keys(runs))

test('a group shows what the node inside gave that its output hands on, and how long all of them took', () => {
  expect(
    told({
      alone: done('no'),
      first: done('one', { tokens: 3, cost: 0.5 }),
      last: done('two', { tokens: 4, cost: 0.25, endedAt: 40 }),
    }),
  ).toEqual([
    [
      'group',
      {
        ...done('two'),
        duration: '30 ms',
        endedAt: 40,
        tokens: 7,
        cost: 0.75,
        outputs: { within_last_text: text('two') },
      },
    ],
  ])
})

test.each([
  ['running', 'done', 'running'],
  ['queued', 'done', 'running'],
  ['queued', 'queued', 'queued'],
  ['failed', 'queued', 'failed'],
  ['done', 'skipped', 'done'],
  ['done', 'idle', 'idle'],
] as const)('a group whose nodes are %s and %s is %s', (first, second, status) => {
  const runs = { first: { ...idleNode, status: first }, last: { ...idleNode, status: second } }
  expect(told(runs).map(([id, run]) => [id, run.status])).toEqual([['group', status]])
})

test('a group says why a node inside failed, and is where one looks for it', () => {
  const failed: NodeRun = { ...idleNode, status: 'failed', message: 'No key', endedAt: 1 }
  expect(told({ last: failed })[0]?.[1]).toMatchObject({ status: 'failed', message: 'No key' })
  expect([standsAt(document, 'last'), standsAt(document, 'alone')]).toEqual(['group', 'alone'])
  expect(['last', 'alone', 'gone'].map((id) => nodeTitle(document, id))).toEqual(['GROUP: LAST', 'ALONE', 'gone'])
})

test('nothing is said of groups by a run that touches none', () => {
  expect(told({ alone: done('no') })).toEqual([])
})
