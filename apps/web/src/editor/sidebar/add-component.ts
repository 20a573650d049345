import type { CatalogueEntry } from '../catalogue.ts'
import { addNode } from '../commands/add-node.ts'
import { connect } from '../commands/connect.ts'
import { insertOnEdge, splitBy } from '../commands/insert-on-edge.ts'
import { newNode } from '../commands/new-node.ts'
import { isTaken } from '../commands/single-nodes.ts'
import type { Workspace } from '../editor-context.tsx'
import { type HandleOf, targetOf } from '../model/compatibility.ts'
import { type FlowDocument, type FlowNode, nodeOf, type Point, type TargetHandle } from '../model/flow-document.ts'
import { type HandleId, outputHandleId } from '../model/handles.ts'
import { partnerHandle, typeFor } from './search-components.ts'

/**
 * Adds a component at a free place near a point, selects it, and connects it when a handle waits for it.
 * @returns the id of the node, undefined when it may not be added
 */
export function addComponent(
  workspace: Workspace,
  entry: CatalogueEntry,
  near: Point,
  from?: HandleOf,
): string | undefined {
  const { editor } = workspace
  if (isTaken(editor.getDocument(), entry.type)) return undefined
  const partner = from && partnerHandle(editor.getDocument(), from, entry.component, entry.type)
  const made = newNode(entry.type, entry.component, freePlace(near, editor.getDocument().nodes))
  const node =
    from && partner ? giving(made, partner, targetOf(nodeOf(editor.getDocument(), from.nodeId), from.handle)) : made
  if (!editor.apply(addNode, { node })) return undefined
  if (from && partner) {
    const isSource = from.handle.startsWith('out:')
    const [source, target] = isSource
      ? [from, { nodeId: node.id, handle: partner }]
      : [{ nodeId: node.id, handle: partner }, from]
    editor.apply(
      connect,
      { source: source.nodeId, sourceHandle: source.handle, target: target.nodeId, targetHandle: target.handle },
      { continues: true },
    )
  }
  editor.select({ nodes: new Set([node.id]), edges: new Set() })
  return node.id
}

/** A node that shows the output an edge is to leave, set to a type that fits. */
function giving(node: FlowNode, handle: HandleId, target: TargetHandle | undefined): FlowNode {
  const output = node.data.node.outputs?.find(({ name }) => outputHandleId(name) === handle)
  if (!output || !target) return node
  const type = typeFor(node, output, target)
  const isSet = type === undefined || (output.types ?? []).length < 2 || output.selected === type
  const outputs = isSet
    ? node.data.node.outputs
    : node.data.node.outputs?.map((one) => (one === output ? { ...one, selected: type } : one))
  return {
    ...node,
    data: { ...node.data, selected_output: output.name, node: { ...node.data.node, ...(outputs && { outputs }) } },
  }
}

/** Whether a component has a field and an output for the two halves of an edge. */
export const fitsIntoEdge = (document: FlowDocument, { type, component }: CatalogueEntry, edgeId: string): boolean =>
  splitBy(document, newNode(type, component, { x: 0, y: 0 }), edgeId) !== undefined

/**
 * Adds a component in the middle of an edge and selects it.
 * @returns the id of the node, undefined when it does not fit there
 */
export const insertComponent = (
  workspace: Workspace,
  { type, component }: CatalogueEntry,
  at: Point,
  edgeId: string,
): string | undefined => insertNode(workspace, newNode(type, component, at), at, edgeId)

/** The same with a node that is made already. */
export function insertNode({ editor }: Workspace, made: FlowNode, at: Point, edgeId: string): string | undefined {
  const position = freePlace({ x: at.x - 160, y: at.y - 40 }, editor.getDocument().nodes)
  const node = { ...made, position }
  if (!editor.apply(insertOnEdge, { node, edgeId })) return undefined
  editor.select({ nodes: new Set([node.id]), edges: new Set() })
  return node.id
}

/** Moved down and right until nothing else begins there. */
function freePlace(wanted: Point, nodes: readonly { readonly position: Point }[]): Point {
  let { x, y } = wanted
  while (nodes.some(({ position }) => Math.abs(position.x - x) < 12 && Math.abs(position.y - y) < 12)) {
    x += 24
    y += 24
  }
  return { x: Math.round(x), y: Math.round(y) }
}
