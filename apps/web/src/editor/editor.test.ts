import { expect, test } from 'vitest'
import { addNode } from './commands/add-node.ts'
import { connect } from './commands/connect.ts'
import { newNode } from './commands/new-node.ts'
import { remove } from './commands/remove.ts'
import { setField } from './commands/set-field.ts'
import { createEditor } from './editor.ts'
import { type ComponentNode, emptyDocument } from './model/flow-document.ts'

const source: ComponentNode = {
  display_name: 'Source',
  description: '',
  template: { text: { type: 'str', value: '' } },
  outputs: [{ name: 'out', types: ['Message'], selected: 'Message' }],
}
const target: ComponentNode = {
  display_name: 'Target',
  description: '',
  template: { one: { type: 'str', input_types: ['Message'] }, data: { type: 'other', input_types: ['Data'] } },
  outputs: [{ name: 'again', types: ['Message'], selected: 'Message' }],
}

function twoNodes() {
  let time = 0
  const editor = createEditor({ document: emptyDocument, now: () => time })
  const [a, b] = [newNode('Source', source, { x: 0, y: 0 }), newNode('Target', target, { x: 400, y: 0 })]
  editor.apply(addNode, { node: a })
  editor.apply(addNode, { node: b })
  const edge = { source: a.id, sourceHandle: 'out:out', target: b.id, targetHandle: 'in:one' }
  const wait = (ms: number): void => {
    time += ms
  }
  return { editor, a, b, edge, wait }
}

test('deleting what is gone is no step to undo', () => {
  const { editor, edge, a } = twoNodes()
  editor.apply(connect, edge)
  const gone = { nodes: new Set([a.id]), edges: new Set<string>() }
  expect(editor.apply(remove, gone)).toBe(true)
  expect(editor.apply(remove, gone)).toBe(false)
  editor.undo()
  expect(editor.getDocument().edges).toHaveLength(1)
})

test('undoes every step and does it again', () => {
  const { editor, edge, a } = twoNodes()
  editor.apply(connect, edge)
  editor.apply(remove, { nodes: new Set([a.id]), edges: new Set<string>() })
  const after = editor.getDocument()
  expect(after.edges).toEqual([])
  for (let steps = 0; steps < 4; steps++) editor.undo()
  expect(editor.getDocument()).toEqual(emptyDocument)
  for (let steps = 0; steps < 4; steps++) editor.redo()
  expect(editor.getDocument()).toEqual(after)
})

test('a burst of typing is one step, a pause begins another', () => {
  const { editor, a, wait } = twoNodes()
  const type = (value: string) =>
    editor.apply(setField, { nodeId: a.id, field: 'text', change: { value } }, { mergeKey: `${a.id} text` })
  for (const text of ['h', 'he', 'hey']) {
    wait(200)
    type(text)
  }
  wait(1500)
  type('hey you')
  const valueNow = () => editor.getDocument().nodes[0]?.data.node.template.text?.value
  editor.undo()
  expect(valueNow()).toBe('hey')
  editor.undo()
  expect(valueNow()).toBe('')
})

test('refuses an edge that cannot fit, to itself, or that closes a circle', () => {
  const { editor, edge, a, b } = twoNodes()
  expect(editor.apply(connect, { ...edge, targetHandle: 'in:data' })).toBe(false)
  expect(editor.apply(connect, { ...edge, target: a.id, targetHandle: 'in:text' })).toBe(false)
  editor.apply(connect, edge)
  expect(editor.apply(connect, { source: b.id, sourceHandle: 'out:again', target: b.id, targetHandle: 'in:one' })).toBe(
    false,
  )
})

test('replaces the edge in a field that takes one', () => {
  const { editor, edge, b } = twoNodes()
  editor.apply(connect, edge)
  const other = newNode('Source', source, { x: 0, y: 200 })
  editor.apply(addNode, { node: other })
  editor.apply(connect, { ...edge, source: other.id })
  expect(editor.getDocument().edges.map((one) => [one.source, one.target])).toEqual([[other.id, b.id]])
})

test('undo keeps what came from elsewhere meanwhile', () => {
  const { editor, a, b } = twoNodes()
  editor.apply(setField, { nodeId: a.id, field: 'text', change: { value: 'mine' } })
  const now = editor.getDocument()
  const moved = now.nodes.map((node) => (node.id === b.id ? { ...node, position: { x: 9, y: 9 } } : node))
  editor.replace({ ...now, nodes: moved })
  editor.undo()
  expect(editor.getDocument().nodes.map(({ position, data }) => [position.x, data.node.template.text?.value])).toEqual([
    [0, ''],
    [9, undefined],
  ])
})

test('changes nothing while it is locked', () => {
  const { editor, a } = twoNodes()
  editor.setLocked(true)
  const before = editor.getDocument()
  editor.apply(remove, { nodes: new Set([a.id]), edges: new Set<string>() })
  editor.undo()
  expect(editor.getDocument()).toBe(before)
})
