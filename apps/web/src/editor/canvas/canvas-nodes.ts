import type { Edge, Node } from '@xyflow/react'
import { type FlowDocument, type FlowEdge, type FlowNode, isNote, type NodeData } from '../model/flow-document.ts'
import { isFrame, type ShownEdge } from '../model/frames.ts'
import { canvasHandles } from '../model/handles.ts'
import { typeColor } from '../model/type-colors.ts'
import type { NodeSizes } from './node-sizes.ts'

export type CanvasNode = Node<
  Record<string, unknown> & { readonly flowNode: NodeData; readonly width?: number | undefined },
  'component' | 'note' | 'frame'
>
export type CanvasEdge = Edge<Record<string, unknown> & { readonly color: string }, 'flow'>

/** Notes stand below nodes, and frames below both; of a frame only the head can be taken, the rest is canvas. */
const looks = {
  component: {},
  note: { zIndex: -1 },
  frame: { zIndex: -2, dragHandle: '.frame-head', style: { pointerEvents: 'none' } },
} as const

/** The library lifts what is selected by so much, over everything else; what stands below stays there. */
const LIFT = 1000

/** The handle of a folded frame, at which the edges of what stands in it end. */
export const FRAME_HANDLE = 'frame'

/**
 * A node of the document as the canvas library wants it. What the library has measured stays with it; until it has, a
 * node counts as large as it will about be, else the library would hide it for a frame.
 */
function canvasNode(
  node: FlowNode,
  previous: CanvasNode | undefined,
  isSelected: boolean,
  sizes: NodeSizes,
): CanvasNode {
  const type = isFrame(node) ? 'frame' : isNote(node) ? 'note' : 'component'
  const size = isNote(node) ? sizes.of(node) : {}
  const isSame = previous?.data.flowNode === node.data && previous.data.width === node.width
  const data = isSame ? previous.data : { flowNode: node.data, width: node.width }
  return {
    measured: sizes.of(node),
    ...previous,
    ...size,
    id: node.id,
    type,
    // A click on one that cannot be dragged selects it, too: as the beginning of a panned view it would be lost.
    className: 'nopan',
    position: node.position,
    data,
    selected: isSelected,
    ...(node.draggable === false && { draggable: false }),
    ...looks[type],
    ...(type !== 'component' && isSelected && { zIndex: looks[type].zIndex - LIFT }),
  }
}

/** The nodes of a document, those that did not change being the same objects as before. */
export function canvasNodes(
  nodes: FlowDocument['nodes'],
  previous: readonly CanvasNode[],
  selected: ReadonlySet<string>,
  sizes: NodeSizes,
): readonly CanvasNode[] {
  const known = new Map(previous.map((node) => [node.id, node]))
  return nodes.map((node) => {
    const old = known.get(node.id)
    const isSelected = selected.has(node.id)
    const isSame =
      old &&
      old.data.flowNode === node.data &&
      old.data.width === node.width &&
      old.position === node.position &&
      old.selected === isSelected &&
      (old.draggable === false) === (node.draggable === false)
    return isSame && !isNote(node) ? old : canvasNode(node, old, isSelected, sizes)
  })
}

const edges = new WeakMap<FlowEdge, CanvasEdge>()

/** An edge of the document as the canvas library wants it; the same object for the same edge. */
export function canvasEdge(edge: ShownEdge, isSelected: boolean): CanvasEdge {
  const known = edges.get(edge)
  if (known && known.selected === isSelected) return known
  const { source, target } = canvasHandles(edge)
  const made: CanvasEdge = {
    id: edge.id,
    type: 'flow',
    // It holds a button, which an image may not.
    ariaRole: 'group',
    // What is drawn of it has its name (flow-edge.tsx).
    domAttributes: { 'aria-labelledby': `name-of-${edge.id}` },
    source: edge.source,
    target: edge.target,
    sourceHandle: edge.fromFrame ? FRAME_HANDLE : (source ?? null),
    targetHandle: edge.toFrame ? FRAME_HANDLE : (target ?? null),
    ...((edge.fromFrame || edge.toFrame) && { reconnectable: false }),
    selected: isSelected,
    data: { color: typeColor(edge.data?.sourceHandle?.output_types?.[0]) },
  }
  edges.set(edge, made)
  return made
}
