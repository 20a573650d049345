import { isData, isMessage, type RunContext } from '@runnel/sdk'
import type { GraphField, GraphNode, GraphOutput } from './graph.ts'
import { createContext, createTrace, givenTo, type NodeTrace, usedBy } from './node-context.ts'
import { type InputSources, type NodeInputs, resolveInputs } from './node-inputs.ts'
import type { LogEntry, NodeResult } from './node-result.ts'
import { resultWithoutRun } from './node-switches.ts'
import type { RunScope } from './run-scope.ts'
import { toolsOf } from './tools.ts'

/** A node's result, and the outputs it stopped. */
export interface NodeBuild {
  readonly result: NodeResult
  readonly stopped: ReadonlySet<string>
}

/** Runs one node: resolves its inputs, then computes its outputs one after the other. */
export async function buildNode(
  scope: RunScope,
  node: GraphNode,
  trace: NodeTrace = createTrace(),
): Promise<NodeBuild> {
  const given = resultWithoutRun(scope, node)
  if (given) return { result: given, stopped: given.stopped }
  const startedAt = scope.ports.now()
  const began = performance.now()
  const isKept = isCacheable(scope, node)
  const cached = node.frozen && isKept ? scope.ports.cache.get(node.id) : undefined
  if (cached) return { result: { ...cached, node, usedFrozenResult: true }, stopped: cached.stopped }
  if (!node.component) throw new Error(node.missing)
  const context = createContext(scope, node, trace)
  const resolving = resolveInputs(node, inputSources(scope))
  const inputs = resolving instanceof Promise ? await resolving : resolving
  trace.given = inputs
  const outputs = new Map<string, unknown>()
  const logs = new Map<string, readonly LogEntry[]>()
  for (const output of node.outputs) {
    if (scope.signal.aborted) throw scope.signal.reason
    const logged = trace.logs.length
    const computing = compute(scope, node, output, inputs, context)
    const value = computing instanceof Promise ? await computing : computing
    outputs.set(output.name, withFlow(filtered(value, output.filter), scope.request.flowId))
    logs.set(output.name, trace.logs.slice(logged))
  }
  const result: NodeResult = {
    node,
    outputs,
    logs,
    status: trace.status,
    ...givenTo(trace),
    ...usedBy(trace),
    startedAt,
    durationMs: performance.now() - began,
    usedFrozenResult: false,
    stopped: trace.stopped,
  }
  if (isKept && (node.frozen || scope.request.cacheAll)) scope.ports.cache.set(node.id, withoutSpans(result))
  return { result, stopped: trace.stopped }
}

/** What a node did inside belongs to the run in which it did it. */
function withoutSpans(result: NodeResult): NodeResult {
  if (!result.spans) return result
  const { spans: _, ...kept } = result
  return kept
}

/** Inside a cycle each round gives something else; tools belong to the run that made them. */
function isCacheable({ graph }: RunScope, node: GraphNode): boolean {
  return graph.topology.cycle[node.index] === -1 && !node.outputs.some(({ isToolset }) => isToolset)
}

function compute(
  scope: RunScope,
  node: GraphNode,
  { name, output, isToolset }: GraphOutput,
  given: NodeInputs,
  context: RunContext,
): unknown {
  if (isToolset) return toolsOf(scope, node, given, context)
  if (!output) {
    const known = Object.keys(node.component?.outputs ?? {}).join(', ')
    throw new Error(`Output "${name}" is not one of this component here. It has: ${known}.`)
  }
  return output.run({ inputs: given.inputs, dynamic: given.dynamic, context })
}

function withFlow(value: unknown, flowId: string): unknown {
  return isMessage(value) && value.flow_id === null ? { ...value, flow_id: flowId } : value
}

/** Follows a path such as `.a.b` or `.items[0]` into a Data. */
function filtered(value: unknown, path: string): unknown {
  if (path === '' || !isData(value)) return value
  const keys = path.split(/[.[\]]+/).filter(Boolean)
  const found = keys.reduce<unknown>(
    (held, key) =>
      typeof held === 'object' && held !== null && Object.hasOwn(held, key) ? Reflect.get(held, key) : undefined,
    value.data,
  )
  return {
    ...value,
    data: typeof found === 'object' && found !== null && !Array.isArray(found) ? found : { result: found },
  }
}

function inputSources(scope: RunScope): InputSources {
  const { request } = scope
  return {
    graph: scope.graph,
    results: scope.results,
    fieldOf: scope.fieldOf,
    override: (node, field) => overrideOf(request, node, field),
    variable: scope.variable,
  }
}

function overrideOf(request: RunScope['request'], node: GraphNode, field: GraphField): unknown {
  if (field.name === 'session_id') {
    const isEmpty = field.variable === undefined && (field.literal === '' || field.literal === undefined)
    return request.sessionFields === 'all' || isEmpty ? request.sessionId : undefined
  }
  if (node.role !== 'input') return undefined
  if (field.name === 'input_value') return request.inputValues.get(node.index)
  if (field.name === 'files' && request.inputFiles.length > 0 && node.type === 'ChatInput') return request.inputFiles
  return undefined
}
