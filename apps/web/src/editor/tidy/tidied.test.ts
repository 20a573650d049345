import { expect, test } from 'vitest'
import { createNodeSizes } from '../canvas/node-sizes.ts'
import { newFrame } from '../commands/new-node.ts'
import { tidyNodes } from '../commands/tidy-nodes.ts'
import { createEditor } from '../editor.ts'
import type { FlowDocument, FlowNode } from '../model/flow-document.ts'
import { heldBy } from '../model/frames.ts'
import { makeEdge } from '../model/handles.ts'
import { tidied } from './tidied.ts'
import { tidyInput } from './tidy-input.ts'

const sizes = createNodeSizes()
const names = ['first', 'second', 'third']
const node = (id: string, x = 0, y = 0, more: Partial<FlowNode> = {}): FlowNode => ({
  id,
  type: 'genericNode',
  position: { x, y },
  data: {
    id,
    type: 'Step',
    node: {
      display_name: id,
      description: '',
      template: Object.fromEntries(names.map((name) => [name, { type: 'str', input_types: ['Message'] }])),
      field_order: names,
      outputs: names.map((name) => ({ name, types: ['Message'] })),
    },
  },
  ...more,
})
const edge = (source: string, target: string, output = 'first', field = 'first') =>
  makeEdge(
    { dataType: 'Step', id: source, name: output, output_types: ['Message'] },
    { fieldName: field, id: target, inputTypes: ['Message'], type: 'str' },
  )
const tidy = (document: FlowDocument, chosen?: ReadonlySet<string>): FlowDocument =>
  tidyNodes.apply(document, { places: tidied(tidyInput(document, sizes, chosen)) })
const at = (document: FlowDocument, id: string) => {
  const found = document.nodes.find((one) => one.id === id)
  if (!found) throw new Error(`no node ${id}`)
  return { ...found.position, ...sizes.of(found) }
}

test('layers go from left to right, each with room to the next', () => {
  const flow = { nodes: [node('c'), node('b'), node('a')], edges: [edge('a', 'b'), edge('b', 'c')] }
  const done = tidy(flow)
  expect(at(done, 'b').x).toBeGreaterThan(at(done, 'a').x + at(done, 'a').width)
  expect(at(done, 'c').x).toBeGreaterThan(at(done, 'b').x + at(done, 'b').width)
  expect(tidy(done)).toBe(done)
})

test('what enters a field further down stands further down, and what leaves an output too', () => {
  const inputs = { nodes: ['z', 'x', 'y', 'end'].map((id) => node(id)), edges: [] }
  const entered = tidy({
    ...inputs,
    edges: [
      edge('y', 'end', 'first', 'third'),
      edge('x', 'end', 'first', 'first'),
      edge('z', 'end', 'first', 'second'),
    ],
  })
  expect(['x', 'z', 'y'].map((id) => at(entered, id).y)).toEqual(
    ['x', 'z', 'y'].map((id) => at(entered, id).y).toSorted((a, b) => a - b),
  )
  const left = tidy({
    ...inputs,
    edges: [edge('end', 'y', 'third'), edge('end', 'z', 'first'), edge('end', 'x', 'second')],
  })
  expect(at(left, 'z').y).toBeLessThan(at(left, 'x').y)
  expect(at(left, 'x').y).toBeLessThan(at(left, 'y').y)
})

test('what is pinned stays, and nothing comes to lie on it', () => {
  const nodes = [node('a', 0, 0), node('b', 900, 40, { draggable: false }), node('c', 10, 10), node('d', 20, 20)]
  const done = tidy({ nodes, edges: [edge('a', 'b'), edge('a', 'c'), edge('b', 'd')] })
  expect(done.nodes[1]).toEqual(nodes[1])
  const b = at(done, 'b')
  for (const id of ['a', 'c', 'd']) {
    const other = at(done, id)
    const isBeside = other.x >= b.x + b.width || other.x + other.width <= b.x
    expect(isBeside || other.y >= b.y + b.height || other.y + other.height <= b.y).toBe(true)
  }
})

test('a frame keeps what stands in it, is fitted around it, and nothing else comes into it', () => {
  const frame = newFrame({ title: 'In', rect: { x: 0, y: 0, width: 700, height: 300 } })
  const nodes = [frame, node('a', 100, 100), node('b', 120, 140), node('before', 90, 800), node('after', 60, 900)]
  const flow = { nodes, edges: [edge('before', 'a'), edge('a', 'b'), edge('b', 'after')] }
  const done = tidy(flow)
  const put = done.nodes[0]
  if (!put) throw new Error('the frame is gone')
  expect(heldBy(done, put)).toEqual(new Set(['a', 'b']))
  const { x, y } = put.position
  for (const id of ['a', 'b']) {
    const inner = at(done, id)
    expect([inner.x > x, inner.y > y]).toEqual([true, true])
    expect(inner.x + inner.width).toBeLessThan(x + (put.width ?? 0))
    expect(inner.y + inner.height).toBeLessThan(y + (put.height ?? 0))
  }
  expect(at(done, 'before').x + at(done, 'before').width).toBeLessThan(x)
  expect(at(done, 'after').x).toBeGreaterThan(x + (put.width ?? 0))
})

test('a folded frame goes as one, with what it holds as it is', () => {
  const open = newFrame({ title: 'In', rect: { x: 0, y: 0, width: 700, height: 300 } })
  const frame = { ...open, data: { ...open.data, frame: { folded: true } } }
  const nodes = [frame, node('a', 100, 100), node('b', 120, 140), node('z', 5, 5000)]
  const done = tidy({ nodes, edges: [edge('z', 'a'), edge('a', 'b')] })
  const by = (id: string) => ({
    x: at(done, id).x - at({ nodes, edges: [] }, id).x,
    y: at(done, id).y - at({ nodes, edges: [] }, id).y,
  })
  expect(by('a')).toEqual(by(frame.id))
  expect(by('b')).toEqual(by(frame.id))
  expect(at(done, 'z').x).toBeLessThan(at(done, frame.id).x)
})

test('only what is chosen moves; notes never do, and all of it is one step', () => {
  const note: FlowNode = { ...node('note', 7, 7), type: 'noteNode' }
  const nodes = [node('a', 500, 0), node('b', 0, 0), node('c', 3, 3), note]
  const flow = { nodes, edges: [edge('a', 'b')] }
  const editor = createEditor({ document: flow })
  editor.apply(tidyNodes, { places: tidied(tidyInput(flow, sizes, new Set(['a', 'b']))) })
  const done = editor.getDocument()
  expect(done.nodes.slice(2)).toEqual(nodes.slice(2))
  expect(at(done, 'a').x).toBeLessThan(at(done, 'b').x)
  editor.undo()
  expect(editor.getDocument()).toEqual(flow)
})
