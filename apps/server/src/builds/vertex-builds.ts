import type { Graph, GraphNode } from '@runnel/engine/graph'
import type { RunRequest } from '@runnel/engine/run-scope'
import { selectNodes } from '@runnel/engine/selection'
import type { PriceOf } from '@runnel/models/model-prices'
import { AppError } from '@runnel/protocol/errors'
import { newId } from '@runnel/protocol/id'
import type { JsonObject } from '@runnel/protocol/json'
import type { Config } from '../config.ts'
import type { LoadedFlow } from '../runs/flow-loader.ts'
import type { FlowRunner } from '../runs/flow-runner.ts'
import { type BuildData, buildData, type NodeEvent, topLevel } from './build-data.ts'
import { type BuildInput, type BuildRange, inputValues, selectRange } from './build-selection.ts'
import type { BuildService } from './build-service.ts'

/** Flows that are being built node by node, at most. */
const KEPT = 100

interface Sequence {
  readonly id: string
  readonly flow: LoadedFlow
  readonly built: Set<string>
}

export interface VertexAsked {
  readonly input: BuildInput
  readonly sessionId: string | null
  readonly files: readonly string[]
}

export interface VertexBuildsOptions {
  readonly config: Pick<Config, 'maxTextLength' | 'maxItemsLength' | 'fallbackToEnvironment'>
  readonly builds: BuildService
  readonly runner: FlowRunner
  readonly priceOf: PriceOf
}

export type VertexBuilds = ReturnType<typeof createVertexBuilds>

/** Builds a flow node by node, each at its own call, as old clients do. */
export function createVertexBuilds({ config, builds, runner, priceOf }: VertexBuildsOptions) {
  const limits = { textLength: config.maxTextLength, itemsLength: config.maxItemsLength }
  const sequences = new Map<string, Sequence>()

  async function begin(userId: string, flowId: string, data: JsonObject | null): Promise<Sequence> {
    const key = `${userId}/${flowId}`
    const sequence = { id: newId(), flow: await builds.graphOf(userId, flowId, data), built: new Set<string>() }
    sequences.delete(key)
    sequences.set(key, sequence)
    const oldest = sequences.size > KEPT ? sequences.keys().next().value : undefined
    if (oldest !== undefined) sequences.delete(oldest)
    return sequence
  }

  return {
    /** Where a build would begin and what it would run; the nodes are then built one by one. */
    async sort(userId: string, flowId: string, range: BuildRange, data: JsonObject | null) {
      const { id, flow } = await begin(userId, flowId, data)
      const { nodes, topology } = flow.graph
      const chatInputs = nodes.filter(({ type }) => type === 'ChatInput').map(({ index }) => index)
      const { first, keep } = selectNodes(topology, { ...selectRange(flow.graph, range), chatInputs })
      const kept = nodes.filter(({ index }) => keep[index]).map((node) => node.id)
      const groups = topLevel(flow.graph, kept).filter((group) => !flow.graph.indexById.has(group))
      return { ids: first.map((index) => nodes[index]?.id ?? ''), run_id: id, vertices_to_run: [...kept, ...groups] }
    },

    /**
     * Builds one node; what it needs keeps its results from earlier calls.
     * @throws AppError `build_component_not_found`, or of a node before it that failed.
     */
    async build(
      userId: string,
      flowId: string,
      nodeId: string,
      asked: VertexAsked,
      signal: AbortSignal,
    ): Promise<BuildData> {
      await builds.checkOwner(userId, flowId)
      const sequence = sequences.get(`${userId}/${flowId}`) ?? (await begin(userId, flowId, null))
      const graph = keepingOthers(sequence.flow.graph, nodeId)
      const request: RunRequest = {
        runId: newId(),
        flowId,
        userId,
        sessionId: asked.sessionId || flowId,
        sessionFields: 'empty',
        inputValues: inputValues(graph, asked.input),
        inputFiles: asked.files,
        overlay: new Map(),
        requestVariables: new Map(),
        environmentFallback: false,
        componentEnvironment: config.fallbackToEnvironment,
        ...selectRange(graph, { stopId: nodeId }),
        failFast: false,
        cacheAll: true,
        usePins: true,
      }
      let own: NodeEvent | undefined
      let failed: NodeEvent | undefined
      // Results are kept under the id of the sequence, apart from those of other builds.
      const flow: LoadedFlow = { ...sequence.flow, id: sequence.id, graph }
      for await (const events of runner.run(flow, request, { kind: 'build', signal })) {
        for (const event of events) {
          if (event.type !== 'node-end' && event.type !== 'node-error') continue
          if (event.type === 'node-error') failed = event
          else sequence.built.add(event.nodeId)
          if (event.nodeId === nodeId) own = event
        }
      }
      if (own) return withNext(graph, buildData(graph, own, { limits, priceOf }), sequence.built)
      if (failed?.type !== 'node-error') throw new AppError('flow_invalid', [`Component ${nodeId} was not reached`])
      throw new AppError('component_failed', [failed.failure.displayName, failed.failure.reason])
    },
  }
}

/** The graph in which every other node gives the result it has, if it has one. */
function keepingOthers(graph: Graph, nodeId: string): Graph {
  const keep = (node: GraphNode): GraphNode => (node.id === nodeId ? node : { ...node, frozen: true })
  return { ...graph, nodes: graph.nodes.map(keep) }
}

/** What can be built now: all that follows and waits for nothing else. */
function withNext(graph: Graph, data: BuildData, built: ReadonlySet<string>): BuildData {
  const node = graph.nodes[graph.indexById.get(data.id) ?? -1]
  if (!node || !data.valid) return data
  const idOf = (index: number | undefined) => graph.nodes[index ?? -1]?.id ?? ''
  const targets = new Set(node.outgoing.map((position) => graph.edges[position]?.target ?? -1))
  const isReady = (index: number) =>
    (graph.nodes[index]?.incoming ?? []).every((position) => built.has(idOf(graph.edges[position]?.source)))
  const next = [...targets].filter(isReady).map(idOf)
  return { ...data, next_vertices_ids: next, top_level_vertices: topLevel(graph, next) }
}
