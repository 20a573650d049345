import type { Graph, GraphNode } from '@runnel/engine/graph'
import type { ModelUsage } from '@runnel/engine/model-usage'
import type { LogEntry, NodeResult } from '@runnel/engine/node-result'
import { isObject } from '@runnel/protocol/json'
import type { TokenUsage } from '@runnel/protocol/message'
import type { RunCheckpoint, RunClaim } from '@runnel/storage/run-records'

/** One attempt at a run that is repeated until it has ended. */
export interface RunAttempt {
  /** What the attempt writes counts only while this holds. */
  readonly claim: RunClaim
  /** Of the flow that runs. */
  readonly flowVersion: number
  /** What earlier attempts have finished, by node. */
  readonly finished: ReadonlyMap<string, NodeResult>
}

/** A longer result is not kept: its step is repeated instead. In characters. */
const LONGEST = 4_000_000

/** Collects what a repetition needs to go on behind the steps that are done. */
export function createStepCheckpoints({ claim, flowVersion }: RunAttempt, graph: Graph) {
  const messages = new Map<string, Set<string>>()
  let done: NodeResult[] = []
  return {
    /** A node has stored a message. What a tool stores belongs to the agent that calls it. */
    said(messageId: string, nodeId: string): void {
      const owner = stepOf(graph, nodeId)
      const ids = messages.get(owner) ?? new Set()
      messages.set(owner, ids.add(messageId))
    },

    /** Answers whether the step will be kept. */
    finished(result: NodeResult): boolean {
      const isKept = isRepeatable(graph, result.node)
      if (isKept) done.push(result)
      return isKept
    },

    /** What has been finished since the last time. */
    take(): readonly RunCheckpoint[] {
      const taken = done.flatMap((result) => {
        const data = printCheckpoint(result)
        const messageIds = [...(messages.get(result.node.id) ?? [])]
        return data === undefined ? [] : [{ runId: claim.id, nodeId: result.node.id, flowVersion, messageIds, data }]
      })
      done = []
      return taken
    },
  }
}

/** A graph in which the finished nodes give what they gave, as frozen ones do. */
export function withFinished(graph: Graph, finished: ReadonlyMap<string, NodeResult>): Graph {
  if (finished.size === 0) return graph
  return { ...graph, nodes: graph.nodes.map((node) => (finished.has(node.id) ? { ...node, frozen: true } : node)) }
}

/** Reads what `createStepCheckpoints` has kept, for the nodes of the same graph. */
export function readCheckpoints(graph: Graph, checkpoints: readonly RunCheckpoint[]): ReadonlyMap<string, NodeResult> {
  const results = new Map<string, NodeResult>()
  for (const { nodeId, data } of checkpoints) {
    const node = graph.nodes[graph.indexById.get(nodeId) ?? -1]
    if (node) results.set(nodeId, readCheckpoint(node, data))
  }
  return results
}

/** In a cycle each round gives something else; tools belong to the attempt that made them. */
function isRepeatable({ topology }: Graph, { index, outputs }: GraphNode): boolean {
  return topology.cycle[index] === -1 && !outputs.some(({ isToolset }) => isToolset)
}

function stepOf({ nodes, edges, indexById }: Graph, nodeId: string): string {
  const node = nodes[indexById.get(nodeId) ?? -1]
  if (!node?.outputs.some(({ isToolset }) => isToolset)) return nodeId
  return nodes[edges[node.outgoing[0] ?? -1]?.target ?? -1]?.id ?? nodeId
}

/** Undefined for what would not come back as it was: models, tools, and whatever is larger than is worth keeping. */
function printCheckpoint(result: NodeResult): string | undefined {
  const { outputs, logs, status, usage, models, startedAt, durationMs, stopped } = result
  const values = [...outputs].map(([name, value]) => (value === undefined ? [name] : [name, value]))
  const kept = { outputs: values, logs: [...logs], usage, models, startedAt, durationMs, stopped: [...stopped] }
  if (!isPlain(kept)) return undefined
  const data = JSON.stringify({ ...kept, ...(isPlain(status) && { status }) })
  return data.length > LONGEST ? undefined : data
}

function readCheckpoint(node: GraphNode, text: string): NodeResult {
  // Written by `printCheckpoint`.
  const kept = JSON.parse(text) as {
    readonly outputs: readonly (readonly [name: string, value?: unknown])[]
    readonly logs: readonly (readonly [string, readonly LogEntry[]])[]
    readonly status?: unknown
    readonly usage: TokenUsage | null
    readonly models?: readonly ModelUsage[]
    readonly startedAt: number
    readonly durationMs: number
    readonly stopped: readonly string[]
  }
  return {
    node,
    outputs: new Map(kept.outputs.map(([name, value]) => [name, value])),
    logs: new Map(kept.logs),
    status: kept.status,
    inputs: {},
    usage: kept.usage,
    ...(kept.models && { models: kept.models }),
    startedAt: kept.startedAt,
    durationMs: kept.durationMs,
    usedFrozenResult: false,
    stopped: new Set(kept.stopped),
  }
}

/** True for what JSON gives back unchanged. */
function isPlain(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (Array.isArray(value)) return value.every(isPlain)
  if (!isObject(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return (
    (prototype === Object.prototype || prototype === null) &&
    Object.values(value).every((entry) => entry === undefined || isPlain(entry))
  )
}
