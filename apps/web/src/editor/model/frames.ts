import { type FlowDocument, type FlowEdge, type FlowNode, isNote, type Point } from './flow-document.ts'

/** How large the head of a frame is, in units of the canvas; folded, it is all there is of it. */
export const FRAME_HEAD = { width: 280, height: 44 }

/** A title and a colour around a part of the flow. Stored as a note, which is what editors that know no frames show. */
export const isFrame = (node: Pick<FlowNode, 'type' | 'data'>): boolean =>
  isNote(node) && typeof node.data.frame === 'object' && node.data.frame !== null

export const isFolded = (node: FlowNode): boolean => isFrame(node) && node.data.frame?.folded === true

/** What is written on a frame. */
export const frameTitle = ({ data }: Pick<FlowNode, 'data'>): string => data.node.description

const frames = new WeakMap<FlowDocument['nodes'], readonly FlowNode[]>()

/** The frames of a flow, found once for each list of nodes. */
export function framesOf({ nodes }: Pick<FlowDocument, 'nodes'>): readonly FlowNode[] {
  const known = frames.get(nodes)
  if (known) return known
  const found = nodes.filter(isFrame)
  frames.set(nodes, found)
  return found
}

/** What a node is taken by: the middle of its head, which does not depend on how high it was drawn. */
function gripOf(node: FlowNode): Point {
  const width = isNote(node) ? (node.width ?? 324) : node.data.showNode === false ? 240 : (node.width ?? 320)
  return { x: node.position.x + width / 2, y: node.position.y + 22 }
}

const areaOf = ({ width = 324, height = 200 }: FlowNode): number => width * height

function holds(frame: FlowNode, node: FlowNode): boolean {
  if (frame.id === node.id) return false
  // Of two frames about as large, one in the other, only one can be the outer one.
  if (isFrame(node) && areaOf(node) >= areaOf(frame)) return false
  const { x, y } = gripOf(node)
  const { position, width = 324, height = 200 } = frame
  return x >= position.x && x <= position.x + width && y >= position.y && y <= position.y + height
}

/** The ids of what stands in a frame: nodes whose head does, and what stands in frames among them. */
export function heldBy(document: FlowDocument, frame: FlowNode): ReadonlySet<string> {
  const found = new Set<string>()
  const wanted = [frame]
  for (let outer = wanted.pop(); outer; outer = wanted.pop()) {
    for (const node of document.nodes) {
      if (found.has(node.id) || node.id === frame.id || !holds(outer, node)) continue
      found.add(node.id)
      if (isFrame(node)) wanted.push(node)
    }
  }
  return found
}

/** Nodes with what stands in the frames among them. */
export function withHeld(document: FlowDocument, ids: ReadonlySet<string>): ReadonlySet<string> {
  const chosen = framesOf(document).filter(({ id }) => ids.has(id))
  return chosen.length === 0 ? ids : new Set([...ids, ...chosen.flatMap((frame) => [...heldBy(document, frame)])])
}

/** An edge as it is drawn: one end may be that of a folded frame, in which the node is. */
export type ShownEdge = FlowEdge & { readonly fromFrame?: boolean; readonly toFrame?: boolean }

export interface ShownFlow {
  readonly nodes: FlowDocument['nodes']
  readonly edges: readonly ShownEdge[]
}

/**
 * What there is to see of a flow: nothing of what stands in folded frames, whose edges lead to the frame instead. What
 * is selected is seen all the same, and with it what stands beside it. The flow itself where no frame is folded.
 */
export function shownFlow(document: FlowDocument, selected: ReadonlySet<string>): ShownFlow {
  const folded = framesOf(document).filter(isFolded)
  if (folded.length === 0) return document
  const frameOf = new Map<string, string>()
  const open = new Set<string>()
  // The outermost comes last and has the last word.
  for (const frame of folded.toSorted((one, other) => areaOf(one) - areaOf(other))) {
    const held = heldBy(document, frame)
    if ([...held].some((id) => selected.has(id))) open.add(frame.id)
    else for (const id of held) frameOf.set(id, frame.id)
  }
  return {
    nodes: document.nodes.flatMap((node) =>
      frameOf.has(node.id) ? [] : open.has(node.id) ? [unfolded(node)] : [node],
    ),
    edges: document.edges.flatMap((edge) => {
      const [from, to] = [frameOf.get(edge.source), frameOf.get(edge.target)]
      if (from === undefined && to === undefined) return [edge]
      return from === to ? [] : [rerouted(edge, from, to)]
    }),
  }
}

const opened = new WeakMap<FlowNode, FlowNode>()

/** The same object for the same frame. */
function unfolded(frame: FlowNode): FlowNode {
  const known = opened.get(frame)
  if (known) return known
  const made = { ...frame, data: { ...frame.data, frame: { ...frame.data.frame, folded: false } } }
  opened.set(frame, made)
  return made
}

const routes = new WeakMap<FlowEdge, ShownEdge>()

/** The same object for the same edge on the same way. */
function rerouted(edge: FlowEdge, from: string | undefined, to: string | undefined): ShownEdge {
  const [source, target] = [from ?? edge.source, to ?? edge.target]
  const known = routes.get(edge)
  if (known?.source === source && known.target === target) return known
  const made = { ...edge, source, target, ...(from && { fromFrame: true }), ...(to && { toFrame: true }) }
  routes.set(edge, made)
  return made
}
