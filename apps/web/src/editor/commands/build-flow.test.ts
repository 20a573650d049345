import { expect, test } from 'vitest'
import { createEditor } from '../editor.ts'
import { type ComponentNode, emptyDocument } from '../model/flow-document.ts'
import { addNode } from './add-node.ts'
import { buildFlow } from './build-flow.ts'
import { connect } from './connect.ts'
import { newNode } from './new-node.ts'

const component: ComponentNode = {
  display_name: 'Step',
  description: '',
  template: { text: { type: 'str', input_types: ['Message'], value: 'filled' } },
  outputs: [{ name: 'out', types: ['Message'], selected: 'Message' }],
}

function twoSteps() {
  const [one, two] = [newNode('Step', component, { x: 0, y: 0 }), newNode('Step', component, { x: 400, y: 0 })]
  const edge = { source: one.id, sourceHandle: 'out:out', target: two.id, targetHandle: 'in:text' }
  return connect.apply({ nodes: [one, two], edges: [] }, edge)
}

test('a whole flow is one step: one undo takes it away, one redo brings it back', () => {
  const flow = twoSteps()
  const editor = createEditor({ document: emptyDocument })
  editor.apply(buildFlow, { flow })
  expect(editor.getDocument()).toEqual(flow)
  expect(editor.store.getState().history.past.map(({ id }) => id)).toEqual(['build-flow'])
  editor.undo()
  expect(editor.getDocument()).toEqual(emptyDocument)
  editor.redo()
  expect(editor.getDocument()).toEqual(flow)
})

test('what was there before stays there, also when it is undone', () => {
  const editor = createEditor({ document: emptyDocument })
  const own = newNode('Own', component, { x: 0, y: 900 })
  editor.apply(addNode, { node: own })
  const flow = twoSteps()
  editor.apply(buildFlow, { flow })
  expect(editor.getDocument()).toEqual({ nodes: [own, ...flow.nodes], edges: flow.edges })
  editor.undo()
  expect(editor.getDocument().nodes).toEqual([own])
})

test('a flow of nothing is no step', () => {
  const editor = createEditor({ document: emptyDocument })
  expect(editor.apply(buildFlow, { flow: emptyDocument })).toBe(false)
})
