import type { Graph } from '@runnel/engine/graph'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import { outputDescription } from '@runnel/sdk'
import type { Storage } from '@runnel/storage/open-storage'
import type { FlowHeader } from '@runnel/storage/records'
import type { FlowLoader } from '../runs/flow-loader.ts'
import type { NodeState } from './node-template.ts'

interface Choice {
  /** The field that names the flow. */
  readonly field: string
  /** Stands between a node of that flow and its field in the names of others; without, the node has no such fields. */
  readonly separator?: string
}
const CHOICES: Readonly<Record<string, Choice>> = {
  RunFlow: { field: 'flow_name_selected', separator: '~' },
  SubFlow: { field: 'flow_name', separator: '|' },
  FlowTool: { field: 'flow_name' },
}

export interface FlowChoiceOptions {
  readonly storage: Pick<Storage, 'flows'>
  readonly loader: Pick<FlowLoader, 'load'>
}

/**
 * A node that runs another flow, as it is once that flow is chosen: with the names of the user's flows to choose from,
 * the fields of the inputs of the chosen one and, where the node shows them, its outputs. Other nodes are given back.
 */
export async function withChosenFlow(
  { storage, loader }: FlowChoiceOptions,
  userId: string,
  { type, node }: { readonly type: string; readonly node: JsonObject },
  change: NodeState['change'],
): Promise<JsonObject> {
  const choice = Object.hasOwn(CHOICES, type) ? CHOICES[type] : undefined
  const template = isObject(node.template) ? node.template : {}
  const field = template[choice?.field ?? '']
  if (!choice || !isObject(field)) return node
  const { field: name, separator } = choice
  const flows = await storage.flows.headers(userId, { isComponent: false })
  const chosen = choiceIn(flows, template, name, change)
  const offered = { ...field, options: flows.map((flow) => flow.name), options_metadata: flows.map(metadataOf) }
  const own = Object.entries(template).filter(([key]) => separator === undefined || !key.includes(separator))
  if (!chosen) return { ...node, template: { ...Object.fromEntries(own), [name]: offered } }
  const { graph } = await loader.load(userId, chosen.id)
  return {
    ...node,
    template: {
      ...Object.fromEntries(own),
      [name]: { ...offered, value: chosen.name, selected_metadata: metadataOf(chosen) },
      ...(isObject(template.flow_id_selected) && {
        flow_id_selected: { ...template.flow_id_selected, value: chosen.id },
      }),
      ...(separator !== undefined && inputFields(graph, separator, template)),
    },
    ...(type === 'RunFlow' && node.tool_mode !== true && { outputs: lastOutputs(graph) }),
  }
}

/** The flow just chosen by name; else that of the id, which stays when a flow is renamed, else that of the name. */
function choiceIn(
  flows: readonly FlowHeader[],
  template: JsonObject,
  field: string,
  change: NodeState['change'],
): FlowHeader | undefined {
  const held = (name: string) => (isObject(template[name]) ? template[name].value : undefined)
  const byName = flows.find(({ name }) => name === held(field))
  if (change?.field === field) return byName
  return flows.find(({ id }) => id === held('flow_id_selected')) ?? byName
}

const metadataOf = ({ id, updatedAt }: FlowHeader) => ({ id, updated_at: new Date(updatedAt).toISOString() })

/** Copies of the fields of its inputs, with the values the node has for them. Secrets stay in their flow. */
function inputFields(graph: Graph, separator: string, template: JsonObject): JsonObject {
  const entries = graph.nodes
    .filter(({ role }) => role === 'input')
    .flatMap(({ id, displayName, fields }) =>
      fields.flatMap(({ name, template: entry }) => {
        if (!entry || entry.password === true) return []
        const key = `${id}${separator}${name}`
        const kept = template[key]
        const display_name = `${String(entry.display_name ?? name)} (${displayName})`
        return [[key, { ...entry, name: key, display_name, ...(isObject(kept) && { value: kept.value }) }] as const]
      }),
    )
  return Object.fromEntries(entries)
}

/** The outputs of the nodes that nothing follows. */
function lastOutputs(graph: Graph): readonly JsonObject[] {
  return graph.nodes
    .filter(({ outgoing }) => outgoing.length === 0)
    .flatMap(({ id, displayName, outputs }) =>
      outputs.flatMap(({ name, output, isToolset }) => {
        if (!output || output.hidden || isToolset) return []
        const described = outputDescription(`${id}~${name}`, output)
        const method = `_resolve_flow_output__${id.replaceAll(/\W/g, '_')}__${name}`
        return [{ ...described, display_name: `${output.label} (${displayName})`, method }]
      }),
    )
}
