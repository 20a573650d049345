import { expect, test } from 'vitest'
import { isAllFolded, isWhole, readDocument } from './flow-document.ts'

test('a node without a name is called as its component, and what it holds stays', () => {
  const template = { knowledge_base: { value: 'manuals' } }
  const nameless = { id: 'k', type: 'genericNode', data: { id: 'k', type: 'Knowledge', node: { template } } }
  const bare = { id: 'b', type: 'genericNode', data: {} }
  const position = { x: 0, y: 0 }
  const whole = {
    id: 'c',
    type: 'genericNode',
    position,
    data: { type: 'ChatInput', node: { display_name: 'Chat Input' } },
  }
  const note = { id: 'n', type: 'noteNode', position, data: { node: { description: 'Hello' } } }
  const graph = { nodes: [nameless, bare, whole, note, { id: 'x', data: null }], edges: [], viewport: { zoom: 1 } }
  const { nodes } = readDocument(graph)
  expect(nodes.map(({ id }) => id)).toEqual(['k', 'b', 'c', 'n'])
  expect(nodes[0]?.data.node).toMatchObject({ display_name: 'Knowledge', template })
  expect(nodes[1]?.data.node).toMatchObject({ display_name: 'b', template: {} })
  expect(nodes[2]).toBe(whole)
  expect(nodes[3]).toBe(note)
  expect(isWhole(graph)).toBe(false)
})

test('all is folded once no component shows more than its header; notes do not count', () => {
  const of = (...shown: readonly boolean[]) =>
    readDocument({
      nodes: [
        ...shown.map((showNode, index) => ({ id: `c${index}`, type: 'genericNode', data: { showNode, node: {} } })),
        { id: 'n', type: 'noteNode', data: { node: {} } },
      ],
      edges: [],
    })
  expect([of(), of(false, true), of(false, false)].map(isAllFolded)).toEqual([false, false, true])
})
