import { createFlow, deleteFlow, type FlowHeaderRead, updateFlow } from '@runnel/protocol/flows'
import { client } from '../../api/client.ts'
import { flowsChanged } from '../../api/flows.ts'
import { copyOf, insertFragment } from '../commands/duplicate.ts'
import type { Workspace } from '../editor-context.tsx'
import { withoutKeys } from '../export-flow.ts'
import { type FlowNode, type Point, readDocument } from '../model/flow-document.ts'

/** A node somebody has kept for other flows. */
export interface SavedComponent {
  readonly id: string
  readonly name: string
  readonly node: FlowNode
}

/** The saved components among flows: each is a flow of one node. */
export const savedComponents = (flows: readonly FlowHeaderRead[]): readonly SavedComponent[] =>
  flows.flatMap(({ id, name, is_component, data }) => {
    const [node] = is_component ? readDocument(data).nodes : []
    return node ? [{ id, name, node }] : []
  })

/** Keeps a node, without its secrets, in place of the saved one when there is one. */
export async function saveComponent(node: FlowNode, replaced: SavedComponent | undefined): Promise<void> {
  const { display_name: name, description } = node.data.node
  const data = { nodes: [{ ...withoutKeys(node), position: { x: 0, y: 0 } }], edges: [] }
  if (replaced) await client.call(updateFlow, { params: { flow_id: replaced.id }, body: { data, description } })
  else await client.call(createFlow, { body: { name, description, is_component: true, data } })
  await flowsChanged()
}

/** Deletes a saved component; nodes made from it stay. */
export async function removeSaved({ id }: SavedComponent): Promise<void> {
  await client.call(deleteFlow, { params: { flow_id: id } })
  await flowsChanged()
}

/** Adds a saved component as a node of its own, and selects it. */
export function addSaved({ editor }: Workspace, { node }: Pick<SavedComponent, 'node'>, at: Point): void {
  const place = { x: Math.round(at.x - node.position.x), y: Math.round(at.y - node.position.y) }
  const fragment = copyOf({ nodes: [node], edges: [] }, place)
  if (editor.apply(insertFragment, { fragment })) {
    editor.select({ nodes: new Set(fragment.nodes.map(({ id }) => id)), edges: new Set() })
  }
}
