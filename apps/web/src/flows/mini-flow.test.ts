import { expect, test } from 'vitest'
import { miniFlowOf } from './mini-flow.ts'

const node = (id: string, x: number, y: number, more: object = {}) => ({
  id,
  type: 'genericNode',
  position: { x, y },
  ...more,
})

test('draws each node once and one line between two nodes, however many edges there are', () => {
  const a = node('a', 0, 0)
  const b = node('b', 500, 100, { measured: { width: 100, height: 50 } })
  const edges = [
    { source: 'a', target: 'b' },
    { source: 'a', target: 'b' },
    { source: 'a', target: 'gone' },
  ]
  const picture = miniFlowOf({ nodes: [a, b], edges })
  expect(picture?.nodes.map(({ id, x, y, width, height }) => [id, x, y, width, height])).toEqual([
    ['a', 0, 0, 320, 240],
    ['b', 500, 100, 100, 50],
  ])
  expect(picture?.edges.map(({ from, to }) => [from.id, to.id])).toEqual([['a', 'b']])
  expect(picture?.viewBox).toEqual([-60, -60, 720, 360])
})

test('a graph without nodes has no picture, and what is no node is passed over', () => {
  expect(miniFlowOf({ nodes: [], edges: [] })).toBeUndefined()
  expect(miniFlowOf(null)).toBeUndefined()
  expect(miniFlowOf({ nodes: [7, { id: 'a', position: 'here' }] })?.nodes).toHaveLength(1)
})
