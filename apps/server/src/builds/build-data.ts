import type { Graph, GraphNode } from '@runnel/engine/graph'
import type { NodeResult } from '@runnel/engine/node-result'
import type { RunEvent } from '@runnel/engine/run-event'
import { resultData } from '@runnel/engine/wire-result'
import type { WireLimits } from '@runnel/engine/wire-value'
import type { PriceOf } from '@runnel/models/model-prices'
import type { JsonObject } from '@runnel/protocol/json'
import { isoMicroseconds } from '../http/dates.ts'
import { artifactListing } from '../monitor/artifact-listing.ts'
import { elapsedText } from '../monitor/elapsed-text.ts'
import { costed, costOfNode } from '../runs/run-costs.ts'
import { inactiveNodes } from './inactive-nodes.ts'

/** A node that has run, well or badly. */
export type NodeEvent = Extract<RunEvent, { readonly type: 'node-end' | 'node-error' }>

/** What the editor is told of a build of one node. */
export interface BuildData extends JsonObject {
  readonly id: string
  readonly valid: boolean
  readonly next_vertices_ids: readonly string[]
}

export interface BuildDataOptions {
  readonly limits: WireLimits
  readonly priceOf: PriceOf
}

/** The build of a node as the editor gets it; long values are cut. What its models cost stands beside their tokens. */
export function buildData(graph: Graph, event: NodeEvent, { limits, priceOf }: BuildDataOptions): BuildData {
  const { result } = event
  const timing = {
    timedelta: result.durationMs / 1000,
    duration: elapsedText(result.durationMs),
    used_frozen_result: result.usedFrozenResult,
    token_usage: result.usage,
    ...costed(costOfNode(priceOf, result).cost),
  }
  const ended = { timestamp: `${isoMicroseconds(result.startedAt + Math.round(result.durationMs))}Z` }
  if (event.type === 'node-error') {
    const text = `Error building Component ${event.failure.displayName}: \n\n${event.failure.reason}`
    return {
      id: event.nodeId,
      inactivated_vertices: [],
      next_vertices_ids: [],
      top_level_vertices: [],
      valid: false,
      params: text,
      data: { results: {}, outputs: failedOutputs(result.node, text), logs: {}, message: {}, artifacts: {}, ...timing },
      ...ended,
    }
  }
  const { results, outputs, logs, artifacts } = resultData(result, limits)
  return {
    id: event.nodeId,
    inactivated_vertices: inactiveNodes(graph, event),
    next_vertices_ids: event.next,
    top_level_vertices: topLevel(graph, event.next),
    valid: true,
    params: typeof artifacts.type === 'string' ? artifactListing(artifacts) : 'None',
    data: {
      results,
      outputs: { ...outputs, ...unusedOutputs(result) },
      logs,
      message: artifacts,
      artifacts,
      ...timing,
    },
    ...ended,
  }
}

/** What a client has to know of a node besides its build. */
export function outputMeta({ id, displayName, type, role, outgoing, outputs, component }: GraphNode): JsonObject {
  const types = outputs.flatMap(({ output }) => output?.types ?? output?.type ?? [])
  return {
    component_id: id,
    display_name: displayName,
    vertex_type: type,
    is_output: role === 'output' || component?.role === 'output',
    is_terminal: outgoing.length === 0,
    output_types: [...new Set(types)],
  }
}

/** Nodes by what the canvas shows: a node in a group is its group. */
export function topLevel(graph: Graph, ids: readonly string[]): readonly string[] {
  return [...new Set(ids.map((id) => graph.nodes[graph.indexById.get(id) ?? -1]?.groupId ?? id))]
}

/** Outputs nobody takes are not computed, but the node shows them. */
function unusedOutputs({ node, outputs }: NodeResult): JsonObject {
  const unused = Object.keys(node.component?.outputs ?? {}).filter((name) => !outputs.has(name))
  return Object.fromEntries(unused.map((name) => [name, { message: '', type: 'unknown' }]))
}

/** The red box of a failed node is read from its first output, so there must be one. */
function failedOutputs(node: GraphNode, text: string): JsonObject {
  const name = node.outputs[0]?.name ?? Object.keys(node.component?.outputs ?? {})[0] ?? 'output'
  return { [name]: { message: { errorMessage: text, stackTrace: '' }, type: 'error' } }
}
