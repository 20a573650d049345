import { expect, test } from 'vitest'
import type { FlowDocument, FlowNode } from './flow-document.ts'
import { mergeDocuments } from './merge.ts'

const node = (id: string, value = 'x', x = 0): FlowNode => ({
  id,
  type: 'genericNode',
  position: { x, y: 0 },
  data: {
    id,
    type: 'TextInput',
    node: { display_name: id, description: '', template: { a: { value }, b: { value: 1 } } },
  },
})
const document = (...nodes: readonly FlowNode[]): FlowDocument => ({ nodes, edges: [] })
const base = document(node('one'), node('two'))

test('takes changes of different nodes together', () => {
  const { document: merged, conflicts } = mergeDocuments(
    base,
    document(node('one', 'mine'), node('two')),
    document(node('one'), node('two', 'theirs')),
  )
  expect(merged.nodes).toEqual([node('one', 'mine'), node('two', 'theirs')])
  expect(conflicts).toEqual([])
})

test('takes a move and a changed field of one node together', () => {
  const { document: merged, conflicts } = mergeDocuments(
    base,
    document(node('one', 'x', 50), node('two')),
    document(node('one', 'new'), node('two')),
  )
  expect([merged.nodes[0], conflicts]).toEqual([node('one', 'new', 50), []])
})

test('names the node of which both changed the same field, and keeps mine', () => {
  const { document: merged, conflicts } = mergeDocuments(
    base,
    document(node('one', 'mine'), node('two')),
    document(node('one', 'theirs'), node('two')),
  )
  expect([merged.nodes[0], conflicts]).toEqual([node('one', 'mine'), ['one']])
})

test('keeps what either added and drops what either deleted', () => {
  const { document: merged } = mergeDocuments(
    base,
    document(node('one'), node('two'), node('mine')),
    document(node('one'), node('theirs')),
  )
  expect(merged.nodes.map(({ id }) => id)).toEqual(['one', 'mine', 'theirs'])
})

test('brings back what one deleted and the other changed', () => {
  const { document: merged } = mergeDocuments(
    base,
    document(node('one')),
    document(node('one'), node('two', 'changed')),
  )
  expect(merged.nodes).toEqual([node('one'), node('two', 'changed')])
})

test('drops edges whose node is gone', () => {
  const edge = { id: 'e', source: 'one', target: 'two' }
  const merged = mergeDocuments(
    { ...base, edges: [edge] },
    { ...document(node('one')), edges: [] },
    { ...base, edges: [edge] },
  )
  expect(merged.document).toEqual({ ...document(node('one')), edges: [] })
})
