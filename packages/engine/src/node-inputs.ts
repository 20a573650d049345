import { isObject } from '@runnel/protocol/json'
import { CoercionError } from './coerce.ts'
import type { Graph, GraphField, GraphNode } from './graph.ts'
import { coerceAll, emptyOf } from './graph-field.ts'
import type { NodeResult } from './node-result.ts'

/** What a node is run with: its declared inputs, and everything else that has a value. */
export interface NodeInputs {
  readonly inputs: Record<string, unknown>
  readonly dynamic: Record<string, unknown>
  /** Values of credentials among them; none unless there are any. */
  credentials?: readonly string[]
}

export interface InputSources {
  readonly graph: Graph
  readonly results: readonly (NodeResult | undefined)[]
  /** Fields changed for this run, by node and name. */
  fieldOf(node: GraphNode, field: GraphField): GraphField
  /** Values that stand above the file: the run's input and session; undefined leaves the field alone. */
  override(node: GraphNode, field: GraphField): unknown
  variable(name: string): Promise<{ readonly value: string; readonly type: string } | undefined>
}

/** Resolves every field of a node. A promise only when a variable has to be looked up. */
export function resolveInputs(node: GraphNode, sources: InputSources): NodeInputs | Promise<NodeInputs> {
  // A prompt variable may be called `constructor` or `__proto__`.
  const resolved: NodeInputs = { inputs: {}, dynamic: Object.create(null) as Record<string, unknown> }
  let pending: Promise<unknown>[] | undefined
  for (const stored of node.fields) {
    const field = sources.fieldOf(node, stored)
    const target = field.declared ? resolved.inputs : resolved.dynamic
    const value = fieldValue(node, field, sources, resolved)
    if (value instanceof Promise) {
      pending ??= []
      pending.push(value.then((found) => setValue(target, field, found)))
    } else setValue(target, field, value)
  }
  for (const position of node.incoming) {
    const edge = sources.graph.edges[position]
    if (edge?.feedback !== undefined) resolved.dynamic[edge.feedback] = edgeValue(sources, position)
  }
  return pending ? Promise.all(pending).then(() => resolved) : resolved
}

function setValue(target: Record<string, unknown>, { name, declared }: GraphField, value: unknown): void {
  if (value !== undefined || declared) target[name] = value
}

function fieldValue(node: GraphNode, field: GraphField, sources: InputSources, resolved: NodeInputs): unknown {
  if (field.edges.length > 0) {
    const brought = fromEdges(field, sources)
    if (brought !== undefined) return brought
    return field.problem === undefined ? field.literal : undefined
  }
  const above = sources.override(node, field)
  if (above !== undefined) return coerceAll(field.coercion, above, field.name, field.isList)
  if (field.problem !== undefined) throw new CoercionError(field.problem)
  if (field.variable !== undefined) return variableValue(node, field, field.variable, watched(sources, resolved))
  if (field.variableColumns.length > 0) return withVariableCells(field, watched(sources, resolved))
  return field.literal
}

/** The same variables, with the credentials among those that are looked up noted. */
function watched(sources: InputSources, resolved: NodeInputs): Pick<InputSources, 'variable'> {
  return {
    async variable(name) {
      const found = await sources.variable(name)
      if (found?.type === 'Credential') resolved.credentials = [...(resolved.credentials ?? []), found.value]
      return found
    },
  }
}

function edgeValue({ graph, results }: InputSources, position: number): unknown {
  const edge = graph.edges[position]
  return edge && results[edge.source]?.outputs.get(edge.output)
}

/** Undefined when none of the sources has run. */
function fromEdges(field: GraphField, sources: InputSources): unknown {
  const values = field.edges.map((position) => edgeValue(sources, position)).filter((value) => value !== undefined)
  if (values.length === 0) return undefined
  if (field.isList) return coerceAll(field.coercion, values.flat(), field.name, true)
  const value = values.at(-1)
  const stored = field.template?.value
  if (field.coercion === 'object' && isObject(stored) && Object.keys(stored).length === 1) {
    // An old dictionary field names the key its edge fills.
    return { [Object.keys(stored)[0] ?? '']: value }
  }
  return emptyOf(field.declared, coerceAll(field.coercion, value, field.name, false))
}

async function variableValue(
  node: GraphNode,
  field: GraphField,
  name: string,
  sources: Pick<InputSources, 'variable'>,
): Promise<unknown> {
  const found = await sources.variable(name)
  if (found) {
    if (field.name === 'session_id' && found.type === 'Credential') {
      throw new CoercionError(`The credential ${name} cannot be a session id.`)
    }
    return coerceAll(field.coercion, found.value, field.name, field.isList)
  }
  if (field.literal !== undefined) return field.literal
  // A node that chooses its model looks the provider's own variable up itself.
  if (node.fields.some((other) => other.coercion === 'model')) return emptyOf(field.declared, undefined)
  throw new CoercionError(`${name} variable not found.`)
}

async function withVariableCells(field: GraphField, sources: Pick<InputSources, 'variable'>): Promise<unknown> {
  const rows = Array.isArray(field.literal) ? field.literal.filter(isObject) : []
  const resolveCell = async ([name, cell]: readonly [string, unknown]): Promise<readonly [string, unknown]> =>
    field.variableColumns.includes(name) && typeof cell === 'string'
      ? [name, (await sources.variable(cell))?.value ?? cell]
      : [name, cell]
  return Promise.all(
    rows.map(async (row) => Object.fromEntries(await Promise.all(Object.entries(row).map(resolveCell)))),
  )
}
