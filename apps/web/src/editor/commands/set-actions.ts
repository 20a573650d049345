import { branchOf, isBranch } from '../model/actions.ts'
import { sourceOf } from '../model/compatibility.ts'
import { type FlowDocument, type NodeOutput, nodeOf } from '../model/flow-document.ts'
import { canvasHandles, makeEdge, outputHandleId } from '../model/handles.ts'
import { type Command, withNode } from './command.ts'
import { fitEdges } from './fit-edges.ts'

/**
 * Sets what can be decided at a node, and with it the outputs decisions leave by. A decision of another name keeps its
 * edges; those of one that is gone go with it.
 */
export const setActions: Command<{
  readonly nodeId: string
  readonly field: string
  readonly actions: readonly string[]
  readonly renamed?: { readonly from: string; readonly to: string }
}> = {
  id: 'set-actions',
  apply(document, { nodeId, field, actions, renamed }) {
    const changed = withNode(document, nodeId, (node) => {
      const component = node.data.node
      const template = { ...component.template, [field]: { ...component.template[field], value: actions } }
      const outputs = outputsOf(component.outputs ?? [], actions, renamed)
      return { ...node, data: { ...node.data, node: { ...component, template, outputs } } }
    })
    return fitEdges(renamed ? moved(changed, nodeId, branchOf(renamed.from), branchOf(renamed.to)) : changed, nodeId)
  },
}

/** An output for each decision, in their order, where the branches stood; others stay. */
function outputsOf(
  before: readonly NodeOutput[],
  actions: readonly string[],
  renamed: { readonly from: string; readonly to: string } | undefined,
): readonly NodeOutput[] {
  const pattern = before.find(({ name }) => isBranch(name))
  // Without branches the outputs of this node do not follow what is decided.
  if (!pattern) return before
  const branches = actions.map((action) => {
    const known = action === renamed?.to ? branchOf(renamed.from) : branchOf(action)
    const old = before.find(({ name }) => name === known) ?? pattern
    return { ...old, name: branchOf(action), display_name: action }
  })
  const first = before.findIndex(({ name }) => isBranch(name))
  const others = before.filter(({ name }) => !isBranch(name))
  return others.toSpliced(first, 0, ...branches)
}

/** The edges of an output, leaving by another. */
function moved(document: FlowDocument, nodeId: string, from: string, to: string): FlowDocument {
  const source = sourceOf(nodeOf(document, nodeId), outputHandleId(to))
  if (from === to || !source) return document
  return {
    ...document,
    edges: document.edges.map((edge) => {
      const target = edge.data?.targetHandle
      const isOf = edge.source === nodeId && canvasHandles(edge).source === outputHandleId(from)
      return isOf && target ? { ...edge, ...makeEdge(source, target) } : edge
    }),
  }
}
