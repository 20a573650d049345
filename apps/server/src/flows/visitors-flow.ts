import { isObject } from '@runnel/protocol/json'
import type { Sharing } from '@runnel/protocol/sharing'
import type { FlowRecord } from '@runnel/storage/records'
import { flowJson } from './flow-wire.ts'

/** The nodes visitors talk to and hear from; the only ones they learn of. */
const ENDS = new Set(['ChatInput', 'ChatOutput', 'TextInput', 'TextOutput'])

/** A public flow as its visitors may see it, as JSON text: what it is called and whether it can be talked to. */
export function visitorsFlow(flow: FlowRecord, { built_with }: Pick<Sharing, 'built_with'>): string {
  const graph: unknown = flow.data === null ? null : JSON.parse(flow.data)
  const nodes = isObject(graph) && Array.isArray(graph.nodes) ? graph.nodes : []
  const types = [...new Set(nodes.flatMap(typeOf))]
  const data = JSON.stringify({ nodes: types.map(endNode), edges: [] })
  const shown = flowJson({
    ...flow,
    data,
    endpointName: null,
    projectId: null,
    userId: null,
    fsPath: null,
    actionName: null,
    actionDescription: null,
  })
  return `${shown.slice(0, -1)},"built_with":${built_with}}`
}

function typeOf(node: unknown): readonly string[] {
  const type = isObject(node) && isObject(node.data) ? node.data.type : undefined
  return typeof type === 'string' && ENDS.has(type) ? [type] : []
}

const endNode = (type: string) => ({
  id: type,
  type: 'genericNode',
  position: { x: 0, y: 0 },
  data: { id: type, type, node: { display_name: type, description: '', template: {}, outputs: [] } },
})
