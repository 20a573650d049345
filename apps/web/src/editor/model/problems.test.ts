import { expect, test } from 'vitest'
import type { FlowDocument } from './flow-document.ts'
import { problemsOf } from './problems.ts'
import { type RunPart, WHOLE } from './topology.ts'

const node = (id: string) => ({
  id,
  type: 'genericNode',
  position: { x: 0, y: 0 },
  data: { id, type: id, node: { display_name: id, description: '', template: {} } },
})

/** A loop that gives its items to one node, and takes back what another gives. */
const loop = (fed: string, back: string): FlowDocument => ({
  nodes: ['Loop', 'Step', 'Other'].map(node),
  edges: [
    { id: 'out', source: 'Loop', target: fed, data: { targetHandle: { id: fed, fieldName: 'input' } } },
    { id: 'back', source: back, target: 'Loop', data: { targetHandle: { id: 'Loop', name: 'item' } } },
  ],
})

const catalogue = { has: () => true }

test('a loop is complete when what comes back into it began in it', () => {
  expect(problemsOf(loop('Step', 'Step'), { catalogue })).toEqual([])
})

test('a loop that takes back what it never gave is a problem of its node', () => {
  expect(problemsOf(loop('Step', 'Other'), { catalogue })).toEqual([
    { key: 'incompleteLoop', values: { component: 'Loop' }, nodeId: 'Loop' },
  ])
})

test('a flow without nodes is empty, and a node the server lacks is named', () => {
  expect(problemsOf({ nodes: [], edges: [] }, { catalogue }).map(({ key }) => key)).toEqual(['empty'])
  expect(problemsOf({ nodes: [node('Gone')], edges: [] }, { catalogue: { has: () => false } })).toEqual([
    { key: 'unknown', values: { component: 'Gone', type: 'Gone' }, nodeId: 'Gone' },
  ])
})

test('a secret that is not shown is not missing, and any other required field is', () => {
  const plain = node('Model')
  const template = {
    api_key: { type: 'str', required: true, password: true, value: '' },
    question: { type: 'str', required: true, value: '' },
  }
  const asking = { ...plain, data: { ...plain.data, node: { ...plain.data.node, template } } }
  const missing = (hidesSecrets: boolean) =>
    problemsOf({ nodes: [asking], edges: [] }, { catalogue, hidesSecrets }).map(({ field }) => field)
  expect([missing(false), missing(true)]).toEqual([['api_key', 'question'], ['question']])
})

test('what a run does not come to is no problem of it', () => {
  const template = { question: { type: 'str', required: true, value: '' } }
  const lacking = node('Beside')
  const beside = { ...lacking, data: { ...lacking.data, node: { ...lacking.data.node, template } } }
  const document = { nodes: [node('ChatInput'), beside], edges: [] }
  const troubled = (part: RunPart) => problemsOf(document, { ...part, catalogue }).map(({ nodeId }) => nodeId)
  expect(troubled(WHOLE)).toEqual(['Beside'])
  expect(troubled({ stopAt: 'Beside' })).toEqual(['Beside'])
  expect(troubled({ stopAt: 'ChatInput' })).toEqual([])
  expect(troubled({})).toEqual([])
})
