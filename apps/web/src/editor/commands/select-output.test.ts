import { expect, test } from 'vitest'
import { createEditor } from '../editor.ts'
import { type ComponentNode, emptyDocument, type FlowNode } from '../model/flow-document.ts'
import { connect } from './connect.ts'
import { lostEdges } from './fit-edges.ts'
import { selectOutput } from './select-output.ts'

const source: ComponentNode = {
  display_name: 'Source',
  description: '',
  template: {},
  outputs: [{ name: 'out', types: ['Message', 'Data'], selected: 'Message' }],
}
const target: ComponentNode = {
  display_name: 'Target',
  description: '',
  template: {
    text: { type: 'other', input_types: ['Message'] },
    either: { type: 'other', input_types: ['Message', 'Data'] },
  },
  outputs: [],
}
const node = (id: string, component: ComponentNode): FlowNode => ({
  id,
  type: 'genericNode',
  position: { x: 0, y: 0 },
  data: { id, type: component.display_name, node: component },
})

test('another type of an output drops the edges it no longer fits, in one step', () => {
  const editor = createEditor({ document: { ...emptyDocument, nodes: [node('a', source), node('b', target)] } })
  const edge = { source: 'a', sourceHandle: 'out:out', target: 'b' }
  editor.apply(connect, { ...edge, targetHandle: 'in:text' })
  editor.apply(connect, { ...edge, targetHandle: 'in:either' })
  const before = editor.getDocument()
  editor.apply(selectOutput, { nodeId: 'a', output: 'out', type: 'Data' })
  const after = editor.getDocument()
  expect(after.edges.map(({ data }) => [data?.sourceHandle?.output_types, data?.targetHandle?.fieldName])).toEqual([
    [['Data'], 'either'],
  ])
  expect(lostEdges(before, after).map(({ data }) => data?.targetHandle?.fieldName)).toEqual(['text'])
  editor.undo()
  expect(editor.getDocument().edges).toEqual(before.edges)
})
