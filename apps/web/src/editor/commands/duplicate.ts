import { type FlowEdge, type FlowNode, isNote, type Point } from '../model/flow-document.ts'
import { makeEdge, printHandle } from '../model/handles.ts'
import { newNodeId } from '../model/node-id.ts'
import type { Command } from './command.ts'
import { renamedIn, renamingOfInner } from './inner-ids.ts'
import { withoutTakenNames } from './public-names.ts'

/** A part of a flow on its way: copied, cut, dropped. */
export interface Fragment {
  readonly nodes: readonly FlowNode[]
  /** Only edges between those nodes. */
  readonly edges: readonly FlowEdge[]
}

/** Nodes with the edges between them. */
export function fragmentOf({ nodes, edges }: Fragment, ids: ReadonlySet<string>): Fragment {
  return {
    nodes: nodes.filter(({ id }) => ids.has(id)),
    edges: edges.filter(({ source, target }) => ids.has(source) && ids.has(target)),
  }
}

/** The same nodes and edges under new ids, those inside of groups too, moved. */
export function copyOf({ nodes, edges }: Fragment, move: Point): Fragment {
  const ids = new Map(nodes.map((node) => [node.id, newNodeId(isNote(node) ? 'note' : node.data.type)]))
  const renamed = (id: string): string => ids.get(id) ?? id
  const inside = renamingOfInner(nodes)
  return {
    nodes: nodes.map((node) => ({
      ...node,
      id: renamed(node.id),
      position: { x: node.position.x + move.x, y: node.position.y + move.y },
      data: { ...(node.data.node.flow ? renamedIn(node.data, inside) : node.data), id: renamed(node.id) },
    })),
    edges: edges.map((edge) =>
      withEnds(
        { ...edge, ...(edge.data && { data: renamedIn(edge.data, inside) }) },
        renamed(edge.source),
        renamed(edge.target),
      ),
    ),
  }
}

/** An edge between other nodes; its handles name them. */
export function withEnds(edge: FlowEdge, source: string, target: string): FlowEdge {
  const { sourceHandle, targetHandle } = edge.data ?? {}
  if (!sourceHandle || !targetHandle) return { ...edge, id: `${edge.id}-${source}-${target}`, source, target }
  const [from, to] = [
    { ...sourceHandle, id: source },
    { ...targetHandle, id: target },
  ]
  const { id } = makeEdge(from, to)
  return {
    ...edge,
    id,
    source,
    target,
    sourceHandle: printHandle(from),
    targetHandle: printHandle(to),
    data: { ...edge.data, sourceHandle: from, targetHandle: to },
  }
}

/** Adds a fragment whose ids are new: pasted, duplicated, imported. */
export const insertFragment: Command<{ readonly fragment: Fragment }> = {
  id: 'insert-fragment',
  apply: (document, { fragment: { nodes, edges } }) =>
    nodes.length === 0
      ? document
      : {
          ...document,
          nodes: [...document.nodes, ...withoutTakenNames(document, nodes)],
          edges: [...document.edges, ...edges],
        },
}
