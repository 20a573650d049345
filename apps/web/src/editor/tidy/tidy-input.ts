import type { NodeSizes } from '../canvas/node-sizes.ts'
import {
  type FlowDocument,
  type FlowEdge,
  type FlowNode,
  fieldsOf,
  isNote,
  type Point,
} from '../model/flow-document.ts'
import { framesOf, heldBy, isFolded, isFrame } from '../model/frames.ts'
import { canvasHandles, handleName } from '../model/handles.ts'
import type { LayerEdge } from './layers.ts'

/** A node or a frame with its place and size. */
export interface TidyItem extends Point {
  readonly id: string
  readonly width: number
  readonly height: number
  /** It keeps its place. */
  readonly isPinned: boolean
  /** The frame it stands in. */
  readonly frame: string | undefined
  /** A frame whose content is put in order too. */
  readonly isOpen: boolean
}

/** What there is to put in order: plain data, which a worker can be sent. */
export interface TidyInput {
  readonly items: readonly TidyItem[]
  readonly edges: readonly LayerEdge[]
}

/**
 * @param chosen only these, and what stands in the frames among them; everything unless given. Notes stay where they
 * are, and what a folded or pinned frame holds stays in it as it is.
 */
export function tidyInput(document: FlowDocument, sizes: NodeSizes, chosen?: ReadonlySet<string>): TidyInput {
  const frames = framesOf(document)
  const holds = new Map(frames.map((frame) => [frame.id, heldBy(document, frame)]))
  const isWhole = (frame: FlowNode): boolean => isFolded(frame) || frame.draggable === false
  /** What stands in a frame that goes as one is no matter of its own. */
  const inWhole = new Set(frames.filter(isWhole).flatMap(({ id }) => [...(holds.get(id) ?? [])]))
  const inChosen = new Set(frames.filter(({ id }) => chosen?.has(id)).flatMap(({ id }) => [...(holds.get(id) ?? [])]))
  const isWanted = (node: FlowNode): boolean =>
    (!isNote(node) || isFrame(node)) &&
    !inWhole.has(node.id) &&
    (chosen === undefined || chosen.has(node.id) || inChosen.has(node.id))
  const wanted = document.nodes.filter(isWanted)
  const ids = new Set(wanted.map(({ id }) => id))
  const frameOf = (id: string, isIn: (frame: FlowNode) => boolean): string | undefined => {
    const around = frames.filter((frame) => isIn(frame) && holds.get(frame.id)?.has(id))
    // The innermost holds the least.
    return around.toSorted((a, b) => (holds.get(a.id)?.size ?? 0) - (holds.get(b.id)?.size ?? 0))[0]?.id
  }
  const nodes = new Map(document.nodes.map((node) => [node.id, node]))
  /** A node, or the frame that goes in its place. */
  const endOf = (id: string): string | undefined =>
    ids.has(id) ? id : inWhole.has(id) ? frameOf(id, (frame) => isWhole(frame) && ids.has(frame.id)) : undefined
  return {
    items: wanted.map((node) => ({
      id: node.id,
      ...node.position,
      ...sizes.of(node),
      isPinned: node.draggable === false,
      frame: frameOf(node.id, () => true),
      isOpen: isFrame(node) && !isWhole(node),
    })),
    edges: document.edges.flatMap((edge) => {
      const [source, target] = [endOf(edge.source), endOf(edge.target)]
      if (source === undefined || target === undefined || source === target) return []
      return [{ source, target, ...portsOf(edge, nodes.get(edge.source), nodes.get(edge.target)) }]
    }),
  }
}

/** How far down its node each end of an edge is, as the order of outputs and fields has it. */
function portsOf(
  edge: FlowEdge,
  source: FlowNode | undefined,
  target: FlowNode | undefined,
): Pick<LayerEdge, 'sourcePort' | 'targetPort'> {
  const handles = canvasHandles(edge)
  const outputs = (source?.data.node.outputs ?? []).map(({ name }) => name)
  const fields = target ? fieldsOf(target.data.node).map(([name]) => name) : []
  return {
    sourcePort: share(outputs, handleName(handles.source ?? '')),
    targetPort: share(fields, handleName(handles.target ?? '')),
  }
}

function share(names: readonly string[], name: string): number {
  const place = names.indexOf(name)
  return place < 0 ? 0.5 : (place + 1) / (names.length + 1)
}
