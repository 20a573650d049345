import { expect, test } from 'vitest'
import { canvasEdge, FRAME_HANDLE } from '../canvas/canvas-nodes.ts'
import { createEditor } from '../editor.ts'
import { printFlowFile } from '../export-flow.ts'
import { type FlowDocument, type FlowNode, type Point, readDocument } from '../model/flow-document.ts'
import { heldBy, isFrame, shownFlow, withHeld } from '../model/frames.ts'
import { makeEdge } from '../model/handles.ts'
import { addFrame } from './add-frame.ts'
import { copyOf, fragmentOf } from './duplicate.ts'
import { moveNodes } from './move-nodes.ts'
import { newFrame } from './new-node.ts'
import { pinPosition } from './pin-position.ts'
import { setMinimised } from './set-minimised.ts'

const node = (id: string, x: number, y: number): FlowNode => ({
  id,
  type: 'genericNode',
  position: { x, y },
  data: { id, type: 'Step', node: { display_name: id, description: '', template: {} } },
})
const edge = (source: string, target: string) =>
  makeEdge(
    { dataType: 'Step', id: source, name: 'text', output_types: ['Message'] },
    { fieldName: 'input', id: target, inputTypes: ['Message'], type: 'str' },
  )
const inside: FlowDocument = {
  nodes: [node('a', 100, 100), node('b', 600, 100), node('out', 1600, 100)],
  edges: [edge('a', 'b'), edge('b', 'out')],
}
const frame = newFrame({ title: 'Gather', rect: { x: 50, y: 50, width: 1000, height: 500 } })
const flow = addFrame.apply(inside, { frame })
const fold = (document: FlowDocument, minimised = true): FlowDocument =>
  setMinimised.apply(document, { nodes: new Set([frame.id]), minimised })
const placesOf = ({ nodes }: FlowDocument): readonly Point[] => nodes.map(({ position }) => position)
const NONE: ReadonlySet<string> = new Set()

test('a frame takes along what stands in it, and undo brings all of it back', () => {
  const editor = createEditor({ document: flow })
  expect([...heldBy(flow, frame)]).toEqual(['a', 'b'])
  editor.apply(moveNodes, { positions: new Map([[frame.id, { x: 60, y: 150 }]]) })
  expect(placesOf(editor.getDocument())).toEqual([
    { x: 60, y: 150 },
    { x: 110, y: 200 },
    { x: 610, y: 200 },
    { x: 1600, y: 100 },
  ])
  editor.undo()
  expect(editor.getDocument()).toEqual(flow)
})

test('frames in a frame go with it, with what they hold; a frame as large as another holds none', () => {
  const inner = newFrame({ title: 'Inner', rect: { x: 560, y: 80, width: 900, height: 300 } })
  const late = node('late', 1100, 120)
  const nested: FlowDocument = { ...flow, nodes: [inner, ...flow.nodes, late] }
  expect(heldBy(nested, frame)).toEqual(new Set([inner.id, 'a', 'b', 'late']))
  expect(heldBy(nested, inner)).toEqual(new Set(['b', 'late']))
  const twin = { ...frame, id: 'note-twin' }
  expect(heldBy({ ...flow, nodes: [twin, ...flow.nodes] }, frame)).toEqual(new Set(['a', 'b']))
})

test('of a folded frame its head is seen, and the edges that cross its border end there', () => {
  const folded = fold(flow)
  const { nodes, edges } = shownFlow(folded, NONE)
  expect(nodes.map(({ id }) => id)).toEqual([frame.id, 'out'])
  expect(edges.map(({ source, target }) => [source, target])).toEqual([[frame.id, 'out']])
  const [crossing] = edges
  if (!crossing) throw new Error('no edge is seen')
  expect(canvasEdge(crossing, false)).toMatchObject({
    id: inside.edges[1]?.id,
    sourceHandle: FRAME_HANDLE,
    targetHandle: 'in:input',
    reconnectable: false,
  })
  expect(shownFlow(folded, NONE).edges[0]).toBe(crossing)
  expect(shownFlow(flow, NONE)).toBe(flow)
  expect(fold(folded, false).nodes[0]?.data.frame).toEqual({ folded: false })
})

test('what is selected in a folded frame is seen, with what stands beside it', () => {
  const { nodes } = shownFlow(fold(flow), new Set(['a']))
  expect(nodes.map(({ id }) => id)).toEqual([frame.id, 'a', 'b', 'out'])
})

test('a frame is a note in the file, and comes back from it as it was', () => {
  const about = { id: 'f', name: 'Flow', description: '', endpoint_name: null, is_component: false, tags: [] }
  const file: unknown = JSON.parse(printFlowFile(about, fold(flow), false))
  const read = readDocument(typeof file === 'object' && file && 'data' in file ? file.data : undefined)
  expect(read).toEqual(fold(flow))
  expect(read.nodes[0]).toMatchObject({ type: 'noteNode', data: { node: { description: 'Gather' } } })
})

test('a frame is copied with what stands in it', () => {
  const { nodes, edges } = copyOf(fragmentOf(flow, withHeld(flow, new Set([frame.id]))), { x: 0, y: 1000 })
  expect(nodes.map((one) => [isFrame(one), one.position.y])).toEqual([
    [true, 1050],
    [false, 1100],
    [false, 1100],
  ])
  expect(edges.map(({ source, target }) => [source, target])).toEqual([[nodes[1]?.id, nodes[2]?.id]])
})

test('a node keeps its place as the canvas library has it, and leaves nothing behind when it is let go', () => {
  const pinned = pinPosition.apply(flow, { nodes: new Set(['a']), pinned: true })
  expect(pinned.nodes.map(({ draggable }) => draggable)).toEqual([undefined, false, undefined, undefined])
  expect(pinPosition.apply(pinned, { nodes: new Set(['a']), pinned: true })).toBe(pinned)
  expect(pinPosition.apply(pinned, { nodes: new Set(['a']), pinned: false })).toEqual(flow)
})
