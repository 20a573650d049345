import { expect, test } from 'vitest'
import { readDocument } from './flow-document.ts'

const places = (nodes: readonly object[], edges: readonly (readonly [string, string])[] = []) =>
  readDocument({
    nodes: nodes.map((node) => ({ type: 'genericNode', data: {}, ...node })),
    edges: edges.map(([source, target]) => ({ source, target })),
  }).nodes.map(({ id, position: { x, y } }) => `${id} ${x} ${y}`)

test('nodes of a file without places stand in columns, each right of what feeds it', () => {
  const nodes = [{ id: 'answer' }, { id: 'ask' }, { id: 'prompt', position: null }, { id: 'model', position: { x: 1 } }]
  const edges = [
    ['ask', 'model'],
    ['prompt', 'model'],
    ['model', 'answer'],
  ] as const
  expect(places(nodes, edges)).toEqual(['answer 840 0', 'ask 0 0', 'prompt 0 440', 'model 420 0'])
})

test('the nodes of a loop have places too', () => {
  const edges = [
    ['a', 'b'],
    ['b', 'c'],
    ['c', 'a'],
  ] as const
  expect(new Set(places([{ id: 'a' }, { id: 'b' }, { id: 'c' }], edges)).size).toBe(3)
})

test('nodes that have a place keep it, and those that have none stand below them', () => {
  const nodes = [{ id: 'here', position: { x: 5, y: 60 } }, { id: 'lost' }]
  expect(places(nodes)).toEqual(['here 5 60', 'lost 0 500'])
})
