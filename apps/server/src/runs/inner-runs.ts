import type { Graph, GraphField, GraphNode } from '@runnel/engine/graph'
import type { NodeResult } from '@runnel/engine/node-result'
import type { RunEvent } from '@runnel/engine/run-event'
import { createOverlay, outputNodes, startNode } from '@runnel/engine/run-inputs'
import type { RunRequest } from '@runnel/engine/run-scope'
import { AppError } from '@runnel/protocol/errors'
import { newId } from '@runnel/protocol/id'
import type { JsonObject } from '@runnel/protocol/json'
import type { FlowAsked, FlowInfo, FlowNodeOutputs, FlowsPort } from '@runnel/sdk'
import type { Storage } from '@runnel/storage/open-storage'
import type { FlowHeader } from '@runnel/storage/records'
import type { FlowLoader, LoadedFlow } from './flow-loader.ts'

/** How deep flows may run one another: ends what would never end by itself. */
const MAX_DEPTH = 20
/** How many runs begun by one run may be at work at once, at all depths. */
const MAX_AT_WORK = 100

/** What a run and all runs it begins share. */
export interface RunFamily {
  /** 0 for a run that no other began. */
  readonly depth: number
  readonly atWork: { count: number }
  /** What they are given and give is not kept, whatever projects their flows are in. */
  readonly isPrivate: boolean
}
/** That of a run nobody else began. */
export const newFamily = (): RunFamily => ({ depth: 0, atWork: { count: 0 }, isPrivate: false })

export interface InnerRunsOptions {
  readonly storage: Pick<Storage, 'flows'>
  readonly loader: Pick<FlowLoader, 'load'>
  /** Runs a flow to its end and gives its results by node. */
  readonly run: (
    flow: LoadedFlow,
    request: RunRequest,
    how: {
      readonly signal: AbortSignal
      readonly family: RunFamily
      readonly onEnd: (results: ReadonlyMap<string, NodeResult>) => void
    },
  ) => AsyncIterable<readonly RunEvent[]>
}

/** The flows a run may begin: those of its flow's owner. */
export function innerRuns(
  { storage, loader, run }: InnerRunsOptions,
  ownerId: string,
  outer: RunRequest,
  { depth, atWork, isPrivate }: RunFamily,
): FlowsPort {
  return {
    async find(idOrName) {
      const found = await findFlow(storage, ownerId, idOrName)
      if (!found) return undefined
      const { graph } = await loader.load(ownerId, found.id)
      return { id: found.id, name: found.name, description: found.description ?? '', inputs: inputsOf(graph) }
    },

    async run(id, asked, signal) {
      if (depth >= MAX_DEPTH) throw refused(`Flows run one another more than ${MAX_DEPTH} deep.`)
      if (atWork.count >= MAX_AT_WORK) throw refused(`More than ${MAX_AT_WORK} flows run for one run at the same time.`)
      atWork.count++
      try {
        const flow = await loader.load(ownerId, id)
        let results: ReadonlyMap<string, NodeResult> = new Map()
        const onEnd = (ended: typeof results) => {
          results = ended
        }
        const events = run(flow, innerRequest(flow, outer, asked), {
          signal,
          family: { depth: depth + 1, atWork, isPrivate },
          onEnd,
        })
        for await (const _ of events) {
          // What an inner run shows belongs to its own flow.
        }
        return outputsOf(flow.graph, results)
      } finally {
        atWork.count--
      }
    },
  }
}

/** A flow of the user, by id, endpoint name or name. */
export async function findFlow(
  storage: Pick<Storage, 'flows'>,
  userId: string,
  idOrName: string,
): Promise<FlowHeader | undefined> {
  if (idOrName === '') return undefined
  const direct = await storage.flows.find(userId, idOrName)
  if (direct) return direct
  return (await storage.flows.headers(userId, { search: idOrName })).find(({ name }) => name === idOrName)
}

const refused = (why: string) =>
  new AppError('bad_request', [`${why} Look for a flow that runs itself, or give it a way to end.`])

function innerRequest({ id, graph }: LoadedFlow, outer: RunRequest, { sessionId, fields, nodes = [] }: FlowAsked) {
  const start = startNode(graph)
  const wanted = nodes.flatMap((node) => graph.indexById.get(node) ?? [])
  const request: RunRequest = {
    runId: newId(),
    flowId: id,
    userId: outer.userId,
    sessionId: sessionId || outer.sessionId,
    sessionFields: 'all',
    inputValues: new Map(),
    inputFiles: [],
    overlay: createOverlay(graph, tweaksOf(graph, fields), false),
    requestVariables: outer.requestVariables,
    environmentFallback: outer.environmentFallback,
    ...(outer.componentEnvironment && { componentEnvironment: true }),
    ...(start !== undefined && {
      start,
      also: [...new Set([...outputNodes(graph, 'any').map(({ index }) => index), ...wanted])],
    }),
    failFast: true,
    cacheAll: false,
  }
  return request
}

/** Fields of the nodes the flow has, each as a value: what a model or an edge gave must not name a variable. */
function tweaksOf(graph: Graph, fields: FlowAsked['fields']): JsonObject {
  const entries = Object.entries(fields).flatMap(([id, values]) => {
    const node = graph.nodes[graph.indexById.get(id) ?? -1]
    return node ? [[id, plainValues(node, values)] as const] : []
  })
  return Object.fromEntries(entries)
}

function plainValues(node: GraphNode, values: Readonly<Record<string, unknown>>): JsonObject {
  const entries = Object.entries(values).map(([name, value]) => {
    const type = fieldOf(node, name)?.template?.type
    const isWhole = type === 'NestedDict' || type === 'mcp' || type === 'file'
    return [name, isWhole ? value : { value, load_from_db: false }]
  })
  return Object.fromEntries(entries)
}

const fieldOf = (node: GraphNode, name: string): GraphField | undefined => node.fields[node.fieldIndex.get(name) ?? -1]

/** The fields of input nodes that are shown. */
function inputsOf(graph: Graph): FlowInfo['inputs'] {
  const inputs = graph.nodes.filter(({ role }) => role === 'input')
  return inputs.map(({ id, displayName, fields }) => ({
    id,
    displayName,
    fields: fields.flatMap(({ name, template }) =>
      template?.show === true && template.password !== true
        ? [{ name, label: String(template.display_name ?? name), advanced: template.advanced === true }]
        : [],
    ),
  }))
}

function outputsOf(graph: Graph, results: ReadonlyMap<string, NodeResult>): readonly FlowNodeOutputs[] {
  return graph.nodes.flatMap(({ id, role }) => {
    const result = results.get(id)
    return result ? [{ id, isOutput: role === 'output', outputs: result.outputs }] : []
  })
}
