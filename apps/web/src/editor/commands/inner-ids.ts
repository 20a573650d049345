import type { FlowNode } from '../model/flow-document.ts'
import { literal } from '../model/literal.ts'
import { newNodeId } from '../model/node-id.ts'

/** A change of ids in texts that are made of them. */
export type Renaming = (text: string) => string

/** Fresh ids for all that stands in the groups among some nodes, however deep: two of one id could not run. */
export function renamingOfInner(nodes: readonly FlowNode[]): Renaming {
  const ids = new Map(innerIds(nodes).map((id) => [id, newNodeId(id.replace(/-[^-]*$/, ''))]))
  if (ids.size === 0) return (text) => text
  const pattern = new RegExp(
    [...ids.keys()]
      .toSorted((a, b) => b.length - a.length)
      .map((id) => literal(id))
      .join('|'),
    'g',
  )
  return (text) => text.replace(pattern, (id) => ids.get(id) ?? id)
}

const innerIds = (nodes: readonly FlowNode[]): readonly string[] =>
  nodes.flatMap(({ data }) => {
    const inner = data.node.flow?.data.nodes ?? []
    return [...inner.map(({ id }) => id), ...innerIds(inner)]
  })

/** A part of a flow with other ids in all its keys and texts, but for what a person has put into fields. */
export function renamedIn<Part>(part: Part, renaming: Renaming): Part {
  // Every object and list is answered with one of the same shape.
  return renamed(part, renaming) as Part
}

function renamed(part: unknown, renaming: Renaming): unknown {
  if (typeof part === 'string') return renaming(part)
  if (Array.isArray(part)) return part.map((one: unknown) => renamed(one, renaming))
  if (typeof part !== 'object' || part === null) return part
  return Object.fromEntries(
    Object.entries(part).map(([key, inner]) => [renaming(key), key === 'value' ? inner : renamed(inner, renaming)]),
  )
}
