import { expect, test } from 'vitest'
import type { FlowDocument, FlowNode } from '../model/flow-document.ts'
import { canvasHandles, makeEdge } from '../model/handles.ts'
import { setActions } from './set-actions.ts'

const branch = (name: string, display_name: string) => ({ name, display_name, types: ['Message'] })
const node = (id: string, type: string, parts: object): FlowNode => ({
  id,
  type: 'genericNode',
  position: { x: 0, y: 0 },
  data: { id, type, node: { display_name: type, description: '', template: {}, ...parts } },
})
const human = node('HumanInput-a', 'HumanInput', {
  template: { decisions: { type: 'actionPicker', value: ['Approve', 'Reject'] } },
  outputs: [branch('branch_approve', 'Approve'), branch('branch_reject', 'Reject'), branch('branch_fallback', 'Else')],
})
const say = node('ChatOutput-b', 'ChatOutput', {
  template: { input_value: { type: 'str', input_types: ['Message'], value: '' } },
})
const edge = (output: string) =>
  makeEdge(
    { dataType: 'HumanInput', id: human.id, name: output, output_types: ['Message'] },
    { fieldName: 'input_value', id: say.id, inputTypes: ['Message'], type: 'str' },
  )
const document: FlowDocument = { nodes: [human, say], edges: [edge('branch_approve')] }
const at = { nodeId: human.id, field: 'decisions' }
const outputs = ({ nodes }: FlowDocument) => nodes[0]?.data.node.outputs?.map(({ name }) => name)
const sources = ({ edges }: FlowDocument) => edges.map((one) => canvasHandles(one).source)

test('a decision of another name keeps its edge', () => {
  const renamed = { from: 'Approve', to: 'Let it pass' }
  const after = setActions.apply(document, { ...at, actions: ['Let it pass', 'Reject'], renamed })
  expect(outputs(after)).toEqual(['branch_let_it_pass', 'branch_reject', 'branch_fallback'])
  expect(sources(after)).toEqual(['out:branch_let_it_pass'])
  expect(after.nodes[0]?.data.node.template.decisions?.value).toEqual(['Let it pass', 'Reject'])
})

test('decisions come, go and change places with their outputs', () => {
  const more = setActions.apply(document, { ...at, actions: ['Reject', '再问', 'Approve'] })
  expect(outputs(more)).toEqual(['branch_reject', 'branch_再问', 'branch_approve', 'branch_fallback'])
  expect(sources(more)).toEqual(['out:branch_approve'])
  const fewer = setActions.apply(document, { ...at, actions: ['Reject'] })
  expect([outputs(fewer), sources(fewer)]).toEqual([['branch_reject', 'branch_fallback'], []])
})

test('a node whose outputs are no branches keeps them', () => {
  const plain = { nodes: [{ ...human, data: { ...human.data, node: { ...human.data.node, outputs: [] } } }], edges: [] }
  expect(outputs(setActions.apply(plain, { ...at, actions: ['Yes'] }))).toEqual([])
})
