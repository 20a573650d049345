import { expect, test } from 'vitest'
import type { ComponentNode, FlowDocument, FlowNode } from './flow-document.ts'
import { variableProblems } from './variable-problems.ts'

const key = { type: 'str', show: true, load_from_db: true, display_name: 'Key', value: 'MY_KEY' }

const node = (id: string, more: Partial<ComponentNode> = {}): FlowNode => ({
  id,
  type: 'genericNode',
  position: { x: 0, y: 0 },
  data: { id, type: id, node: { display_name: id, description: '', template: { key }, ...more } },
})
const named = (nodes: readonly FlowNode[], edges: FlowDocument['edges'] = []) =>
  variableProblems({ nodes, edges }, (name) => name === 'KNOWN').map(({ nodeId, field }) => `${nodeId} ${field}`)

test('a field that names a variable there is not is a problem of its node', () => {
  expect(variableProblems({ nodes: [node('Model')], edges: [] }, () => false)).toEqual([
    {
      key: 'noVariable',
      values: { component: 'Model', field: 'Key', variable: 'MY_KEY' },
      nodeId: 'Model',
      field: 'key',
    },
  ])
})

test('what has a value from elsewhere, or does not run, lacks no variable', () => {
  const edge = { id: 'e', source: 'Other', target: 'Fed', data: { targetHandle: { id: 'Fed', fieldName: 'key' } } }
  expect(named([node('Fed')], [edge])).toEqual([])
  expect(named([node('Set', { template: { key: { ...key, value: 'KNOWN' } } })])).toEqual([])
  expect(named([node('Typed', { template: { key: { ...key, load_from_db: false } } })])).toEqual([])
  expect(named([node('Unused', { template: { key: { ...key, show: false } } })])).toEqual([])
  expect(named([node('Frozen', { frozen: true }), node('Off', { disabled: 'pass' })])).toEqual([])
  expect(named([node('Chooses', { template: { key, model: { type: 'model', value: '' } } })])).toEqual([])
})

test('only what runs is asked for its variables', () => {
  const document = { nodes: [node('One'), node('Two')], edges: [] }
  expect(variableProblems(document, () => false, { stopAt: 'Two' }).map(({ nodeId }) => nodeId)).toEqual(['Two'])
})
