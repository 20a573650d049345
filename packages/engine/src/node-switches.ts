import { isObject, type JsonObject } from '@runnel/protocol/json'
import { type Component, data, dataFrame, message, outputTypes } from '@runnel/sdk'
import type { GraphNode } from './graph.ts'
import type { NodeResult } from './node-result.ts'
import type { RunScope } from './run-scope.ts'

/** How a node is switched off; undefined when it is not. */
export const disabledOf = ({ disabled }: JsonObject): GraphNode['disabled'] =>
  disabled === 'stop' || disabled === 'pass' ? disabled : undefined

/** The values somebody has pinned to outputs of a node, as plain JSON in the file, in the form the outputs give. */
export function pinnedOutputs(described: JsonObject, component: Component | undefined): GraphNode['pinned'] {
  const { pinned_outputs: pinned } = described
  if (!isObject(pinned)) return new Map()
  return new Map(
    Object.entries(pinned).map(([name, value]) => {
      const output = component && Object.hasOwn(component.outputs, name) ? component.outputs[name] : undefined
      return [name, pinnedValue(value, output ? outputTypes(output) : [])] as const
    }),
  )
}

function pinnedValue(value: unknown, types: readonly string[]): unknown {
  if (typeof value === 'string') return types.includes('Message') ? message(value) : value
  if (Array.isArray(value) && value.length > 0 && value.every(isObject)) {
    return types.includes('DataFrame') ? dataFrame(value) : value.map((row) => data(row))
  }
  return isObject(value) && types.includes('Data') ? data(value) : value
}

/** What a node gives without running, because it is switched off or pinned; undefined when it is to run. */
export function resultWithoutRun(scope: RunScope, node: GraphNode): NodeResult | undefined {
  const names = node.outputs.map(({ name }) => name)
  if (node.disabled === 'stop') return resultOf(scope, node, new Map(), new Set(names))
  if (node.disabled === 'pass') {
    const given = incomingValues(scope, node)
    // Nothing comes in that could go on.
    if (given.length === 0) return resultOf(scope, node, new Map(), new Set(names))
    const outputs = node.outputs.map(
      ({ name, output }) => [name, fitting(given, output ? outputTypes(output) : [])] as const,
    )
    return resultOf(scope, node, new Map(outputs), new Set())
  }
  if (!scope.request.usePins || node.pinned.size === 0) return undefined
  const used = new Set(node.outgoing.map((position) => scope.graph.edges[position]?.output ?? ''))
  if ([...used].some((name) => !node.pinned.has(name))) return undefined
  return resultOf(scope, node, new Map([...node.pinned].filter(([name]) => names.includes(name))), new Set())
}

/** What edges bring to a node, in the order of its file. */
function incomingValues({ graph, results }: RunScope, node: GraphNode): readonly unknown[] {
  return node.incoming.flatMap((position) => {
    const edge = graph.edges[position]
    const result = edge && results[edge.source]
    return edge && result?.outputs.has(edge.output) ? [result.outputs.get(edge.output)] : []
  })
}

const KINDS: Readonly<Record<string, string>> = { message: 'Message', data: 'Data', dataframe: 'DataFrame' }

/** The first value of a type the output gives, else the first. */
function fitting(values: readonly unknown[], types: readonly string[]): unknown {
  const fits = (value: unknown): boolean =>
    isObject(value) && typeof value.kind === 'string' && types.includes(KINDS[value.kind] ?? '')
  return values.find(fits) ?? values[0]
}

const resultOf = (
  { ports }: RunScope,
  node: GraphNode,
  outputs: ReadonlyMap<string, unknown>,
  stopped: ReadonlySet<string>,
): NodeResult => ({
  node,
  outputs,
  logs: new Map(),
  status: undefined,
  inputs: {},
  usage: null,
  startedAt: ports.now(),
  durationMs: 0,
  usedFrozenResult: false,
  stopped,
})
