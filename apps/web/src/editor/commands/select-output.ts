import { sourceOf } from '../model/compatibility.ts'
import { type FlowDocument, nodeOf } from '../model/flow-document.ts'
import { canvasHandles, makeEdge, outputHandleId } from '../model/handles.ts'
import { type Command, withNode } from './command.ts'
import { fitEdges } from './fit-edges.ts'

/**
 * Chooses which of several outputs a node shows in its one row, or which of an output's types leaves it. Edges of the
 * row follow to what is chosen where they fit there; the others go.
 */
export const selectOutput: Command<{
  readonly nodeId: string
  readonly output: string
  readonly type?: string | undefined
  /** The outputs that share the row; their edges follow. */
  readonly instead?: readonly string[]
}> = {
  id: 'select-output',
  apply(document, { nodeId, output, type, instead = [] }) {
    const chosen = withNode(document, nodeId, (node) => ({
      ...node,
      data: {
        ...node.data,
        selected_output: output,
        node: {
          ...node.data.node,
          ...(node.data.node.outputs && {
            outputs: node.data.node.outputs.map((one) =>
              one.name === output && type !== undefined ? { ...one, selected: type } : one,
            ),
          }),
        },
      },
    }))
    return fitEdges(moveEdges(chosen, nodeId, output, instead), nodeId)
  },
}

function moveEdges(document: FlowDocument, nodeId: string, output: string, instead: readonly string[]): FlowDocument {
  const left = new Set(instead.filter((name) => name !== output).map(outputHandleId))
  const source = sourceOf(nodeOf(document, nodeId), outputHandleId(output))
  if (left.size === 0 || !source) return document
  return {
    ...document,
    edges: document.edges.map((edge) => {
      const handle = canvasHandles(edge).source
      const target = edge.data?.targetHandle
      if (edge.source !== nodeId || !handle || !left.has(handle) || !target) return edge
      return { ...edge, ...makeEdge(source, target) }
    }),
  }
}
