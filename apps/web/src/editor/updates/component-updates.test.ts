import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { DescribedNode } from '../commands/update-components.ts'
import { createEditor } from '../editor.ts'
import type { ComponentNode, FlowDocument, FlowNode } from '../model/flow-document.ts'
import { makeEdge } from '../model/handles.ts'
import { createComponentUpdates, isBreaking } from './component-updates.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const today: ComponentNode = {
  display_name: 'Step',
  description: '',
  template: { text: { type: 'str', value: '', input_types: ['Message'] }, limit: { type: 'int', value: 5 } },
  outputs: [{ name: 'out', types: ['Message'] }],
}
const old: ComponentNode = {
  ...today,
  template: { text: { type: 'str', value: 'mine', input_types: ['Message'] } },
  outputs: [{ name: 'data', types: ['Data'] }],
}
const node = (id: string, component: ComponentNode): FlowNode => ({
  id,
  type: 'genericNode',
  position: { x: 0, y: 0 },
  data: { id, type: 'Step', node: component },
})

function opened(nodes: readonly FlowNode[], edges: FlowDocument['edges'] = []) {
  const editor = createEditor({ document: { nodes, edges } })
  const asked: string[] = []
  const updates = createComponentUpdates({
    editor,
    catalogue: { of: () => ({ type: 'Step', category: 'x', component: today }) },
    describe(node): Promise<DescribedNode> {
      asked.push(node.id)
      const text = { ...today.template.text, value: node.data.node.template.text?.value }
      const answer = { ...today, template: { ...today.template, text } }
      return Promise.resolve({ nodeId: node.id, sent: node.data.node, answer })
    },
  })
  return { editor, updates, asked, ids: () => [...updates.store.getState().keys()] }
}

test('asks about nodes that differ from their component, other than those the user has edited', async () => {
  const { updates, asked, ids } = opened([node('a', old), node('b', today), node('c', { ...old, edited: true })])
  const stop = updates.start()
  await vi.advanceTimersByTimeAsync(500)
  expect(asked).toEqual(['a'])
  expect(ids()).toEqual(['a'])
  stop()
})

test('an update keeps values, is one step to undo, and is offered again when it is undone', async () => {
  const { editor, updates, ids } = opened([node('a', old), node('b', old)])
  const stop = updates.start()
  await vi.advanceTimersByTimeAsync(500)
  updates.apply(ids())
  expect(ids()).toEqual([])
  expect(editor.getDocument().nodes.map(({ data }) => Object.keys(data.node.template))).toEqual([
    ['text', 'limit'],
    ['text', 'limit'],
  ])
  expect(editor.getDocument().nodes[0]?.data.node.template.text?.value).toBe('mine')
  editor.undo()
  await vi.advanceTimersByTimeAsync(500)
  expect(ids()).toEqual(['a', 'b'])
  stop()
})

test('an update breaks when an edge leaves by an output that goes', async () => {
  const edge = makeEdge(
    { dataType: 'Step', id: 'a', name: 'data', output_types: ['Data'] },
    { fieldName: 'rows', id: 'b', inputTypes: ['Data'], type: 'other' },
  )
  const taker = node('b', { ...today, template: { ...today.template, rows: { type: 'other', input_types: ['Data'] } } })
  const { editor, updates } = opened([node('a', old), taker], [edge])
  const stop = updates.start()
  await vi.advanceTimersByTimeAsync(500)
  const update = updates.store.getState().get('a')
  expect(update && isBreaking(editor.getDocument(), update)).toBe(true)
  editor.replace({ nodes: [node('a', old)], edges: [] })
  expect(update && isBreaking(editor.getDocument(), update)).toBe(false)
  stop()
})

test('what is dismissed is not offered again, and a typing user causes no questions', async () => {
  const { editor, updates, asked, ids } = opened([node('a', old)])
  const stop = updates.start()
  await vi.advanceTimersByTimeAsync(500)
  editor.replace({
    nodes: [node('a', { ...old, template: { text: { ...old.template.text, value: 'typed' } } })],
    edges: [],
  })
  await vi.advanceTimersByTimeAsync(500)
  expect(asked).toEqual(['a'])
  updates.dismiss(['a'])
  expect(ids()).toEqual([])
  stop()
})
