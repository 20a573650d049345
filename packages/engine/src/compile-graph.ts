import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import { type Component, outputTypes } from '@runnel/sdk'
import { expandGroups } from './expand-groups.ts'
import type { Graph, GraphEdge, GraphNode, GraphOutput } from './graph.ts'
import { compileField } from './graph-field.ts'
import { typesMeet } from './handle-codec.ts'
import { disabledOf, pinnedOutputs } from './node-switches.ts'
import { type RawEdge, readEdges } from './read-edges.ts'
import type { Registry } from './registry.ts'
import { createTopology } from './topology.ts'

/** The output of a node in tool mode. */
export const TOOLSET = 'component_as_tool'

/** What it was called on the tools of files before 1.1, where a component of that time does not have it itself. */
const OLD_TOOLSETS: readonly string[] = ['api_build_tool', 'result_tool']
/** The other output of those tools: what they give when no agent calls them. */
const OLD_RESULT = 'api_run_model'

const MAX_NODES = 5_000

/**
 * Checks and indexes a flow's data for running. Notes are dropped, groups expanded, types resolved; a node of an
 * unknown type is kept and fails when it is reached.
 * @throws AppError `flow_invalid` naming the node or edge: a doubled id, an edge to nowhere, a handle that cannot be
 * read, a cycle that nothing can end, a loop that gets back what it did not give, too many nodes.
 */
export function compileGraph(data: unknown, registry: Registry): Graph {
  const graph = compileUnchecked(data, registry)
  const [first] = [...endlessCycles(graph), ...incompleteLoops(graph)]
  if (first) throw invalid(first.message)
  return graph
}

/** As `compileGraph`, of graphs with cycles that nothing can end too. */
export function compileUnchecked(data: unknown, registry: Registry): Graph {
  if (!isObject(data) || !Array.isArray(data.nodes) || !Array.isArray(data.edges)) {
    throw invalid('The flow has no graph: its data needs "nodes" and "edges".')
  }
  const flat = expandGroups({ nodes: data.nodes.filter(isObject), edges: data.edges.filter(isObject) })
  const rawNodes = flat.nodes.filter((node) => !isNote(node))
  if (rawNodes.length > MAX_NODES) {
    throw invalid(`The flow has ${rawNodes.length} nodes; at most ${MAX_NODES} can run. Split it into several flows.`)
  }
  const noteIds = new Set(flat.nodes.filter(isNote).map((node) => node.id))
  const indexById = indexNodes(rawNodes)
  const warnings: string[] = []
  const rawEdges = readEdges(flat.edges, indexById, noteIds, warnings).filter(
    ({ source, output }) => !isToolOff(rawNodes[source], output),
  )
  const components = rawNodes.map((node) => resolve(node, registry))
  const incoming: number[][] = rawNodes.map(() => [])
  const outgoing: number[][] = rawNodes.map(() => [])
  const edges = rawEdges.map((edge, position): GraphEdge => {
    outgoing[edge.source]?.push(position)
    incoming[edge.target]?.push(position)
    return {
      source: edge.source,
      target: edge.target,
      output: edge.output ?? oldOutput(rawNodes[edge.source], components[edge.source], edge),
      field: edge.field,
      feedback: edge.feedback,
    }
  })
  const isChatOutput = rawNodes.map((node) => String(node.id).includes('ChatOutput') || typeOf(node) === 'ChatOutput')
  const nodes = rawNodes.map((node, index): GraphNode => {
    const neighbours = [
      ...(incoming[index] ?? []).map((position) => edges[position]?.source ?? index),
      ...(outgoing[index] ?? []).map((position) => edges[position]?.target ?? index),
    ]
    return compileNode(node, index, registry, components[index], {
      incoming: incoming[index] ?? [],
      outgoing: outgoing[index] ?? [],
      edges,
      isNextToChatOutput: neighbours.some((neighbour) => isChatOutput[neighbour]),
    })
  })
  const topology = createTopology(
    nodes.length,
    edges.map(({ source, target, output, feedback }) => ({
      source,
      target,
      output,
      isFeedback: feedback !== undefined,
    })),
    nodes.map((node) => (node.isLoop ? loopOutputOf(node) : undefined)),
    nodes.flatMap(({ role, index }) => (role === 'input' ? [index] : [])),
  )
  return { nodes, edges, indexById, topology, warnings }
}

function invalid(why: string): AppError {
  return new AppError('flow_invalid', [why])
}

export const isNote = (node: JsonObject) =>
  node.type === 'noteNode' || (isObject(node.data) && node.data.type === 'note')

/** The type of a node: `data.type`, else what its id begins with. */
function typeOf(node: JsonObject): string {
  const type = isObject(node.data) ? node.data.type : undefined
  return typeof type === 'string' && type !== '' ? type : (String(node.id).split('-')[0] ?? '')
}

const describedOf = (node: JsonObject): JsonObject =>
  isObject(node.data) && isObject(node.data.node) ? node.data.node : {}

/** An agent runs without the tools that are switched off. */
const isToolOff = (node: JsonObject | undefined, output: string | undefined): boolean =>
  node !== undefined && output === TOOLSET && disabledOf(describedOf(node)) !== undefined

const resolve = (node: JsonObject, registry: Registry) => registry.resolve(typeOf(node), describedOf(node))

function indexNodes(nodes: readonly JsonObject[]): ReadonlyMap<string, number> {
  const indexById = new Map<string, number>()
  nodes.forEach(({ id }, index) => {
    if (typeof id !== 'string' || id === '') throw invalid(`Node number ${index + 1} has no id.`)
    if (indexById.has(id)) throw invalid(`The node id ${id} is used twice. Give each node an id of its own.`)
    indexById.set(id, index)
  })
  return indexById
}

/** Before version 1.0 an edge named base classes instead of an output. */
function oldOutput(
  node: JsonObject | undefined,
  component: Component | undefined,
  { baseClasses }: Pick<RawEdge, 'baseClasses'>,
): string {
  const inFile = objects(node && describedOf(node).outputs).map(({ name, types }) => ({
    name: String(name),
    types: Array.isArray(types) ? types.map(String) : [],
  }))
  // Nodes that old may list no outputs.
  const declared = Object.entries(component?.outputs ?? {}).map(([name, output]) => ({
    name,
    types: outputTypes(output),
  }))
  const outputs = inFile.length > 0 ? inFile : declared
  return (outputs.find(({ types }) => typesMeet(types, baseClasses)) ?? outputs[0])?.name ?? baseClasses[0] ?? ''
}

interface Surroundings {
  readonly incoming: readonly number[]
  readonly outgoing: readonly number[]
  readonly edges: readonly GraphEdge[]
  readonly isNextToChatOutput: boolean
}

function compileNode(
  node: JsonObject,
  index: number,
  registry: Registry,
  component: Component | undefined,
  around: Surroundings,
): GraphNode {
  const described = describedOf(node)
  const type = typeOf(node)
  const id = String(node.id)
  const template = isObject(described.template) ? described.template : {}
  const displayName = text(described.display_name) ?? component?.displayName ?? type
  const edgesByField = new Map<string, number[]>()
  for (const position of around.incoming) {
    const field = around.edges[position]?.field
    if (field === undefined) continue
    const positions = edgesByField.get(field)
    if (positions) positions.push(position)
    else edgesByField.set(field, [position])
  }
  const names = new Set([
    ...Object.keys(component?.inputs ?? {}),
    ...Object.entries(template).flatMap(([name, entry]) => (isField(name, entry) ? [name] : [])),
    ...edgesByField.keys(),
  ])
  const fields = [...names].map((name) => {
    const own = Object.hasOwn(template, name) ? template[name] : undefined
    return compileField({
      name,
      declared: component && Object.hasOwn(component.inputs, name) ? component.inputs[name] : undefined,
      template: isObject(own) ? own : undefined,
      edges: edgesByField.get(name) ?? [],
      nodeName: displayName,
    })
  })
  const toolRows = Object.hasOwn(template, 'tools_metadata') ? template.tools_metadata : undefined
  return {
    index,
    id,
    type,
    component,
    missing: component ? undefined : registry.missing(type, described, id),
    displayName,
    description: text(described.description) ?? component?.description ?? '',
    icon: text(described.icon) ?? component?.icon ?? null,
    role: roleOf(described, component),
    isLoop:
      Object.values(component?.outputs ?? {}).some((output) => output.loop !== undefined) ||
      around.incoming.some((position) => around.edges[position]?.feedback !== undefined),
    frozen: described.frozen === true,
    disabled: disabledOf(described),
    pinned: pinnedOutputs(described, component),
    fields,
    fieldIndex: new Map(fields.map(({ name }, position) => [name, position])),
    outputs: outputsOf(described, component, around),
    toolRows: isObject(toolRows) ? objects(toolRows.value) : undefined,
    groupId: text(node.parent_node_id),
    incoming: around.incoming,
    outgoing: around.outgoing,
    isNextToChatOutput: around.isNextToChatOutput,
  }
}

function isField(name: string, entry: unknown): boolean {
  return name !== 'code' && name !== 'tools_metadata' && isObject(entry) && typeof entry.type === 'string'
}

function roleOf(described: JsonObject, component: Component | undefined): 'input' | 'output' | null {
  if (described.is_input === true) return 'input'
  if (described.is_output === true) return 'output'
  return component?.role ?? null
}

/** With edges, the outputs they leave by; else all, in the component's order. */
function outputsOf(
  described: JsonObject,
  component: Component | undefined,
  around: Surroundings,
): readonly GraphOutput[] {
  const inFile = new Map(objects(described.outputs).map((output) => [String(output.name), output]))
  const used = new Set(around.outgoing.map((position) => around.edges[position]?.output ?? ''))
  const declared = Object.keys(component?.outputs ?? {})
  const known = (name: string): GraphOutput => {
    const entry = inFile.get(name)
    const options = isObject(entry?.options) ? entry.options : {}
    const output = component && findOutput(component, name, text(entry?.method))
    return {
      name,
      output,
      isToolset: name === TOOLSET || (component !== undefined && !output && OLD_TOOLSETS.includes(name)),
      filter: text(options.filter) ?? '',
    }
  }
  if (used.size > 0) {
    const ordered = [
      ...declared.filter((name) => used.has(name)),
      ...[...used].filter((name) => !declared.includes(name)),
    ]
    return ordered.map(known)
  }
  if (described.tool_mode === true && inFile.has(TOOLSET)) return [known(TOOLSET)]
  return [...new Set([...declared, ...inFile.keys()])].map(known).filter(({ output }) => output !== undefined)
}

/** By name; else by method: outputs were renamed between versions, methods hardly ever. */
function findOutput(component: Component, name: string, method: string | undefined) {
  if (Object.hasOwn(component.outputs, name)) return component.outputs[name]
  const named = component.outputNamed?.(name)
  if (named) return named
  const outputs = Object.values(component.outputs)
  if (name === OLD_RESULT) return outputs[0]
  return method ? outputs.find((output) => output.method === method) : undefined
}

function loopOutputOf({ component }: GraphNode): string | undefined {
  return Object.entries(component?.outputs ?? {}).find(([, output]) => output.loop !== undefined)?.[0]
}

/** What is wrong with a cycle of a graph, and the nodes in it. */
export interface CycleProblem {
  readonly message: string
  readonly nodes: readonly GraphNode[]
}

/** The cycles nothing can end. */
export function endlessCycles({ nodes, topology: { cycle }, edges }: Graph): readonly CycleProblem[] {
  const loops = edges.flatMap(({ source, target, feedback }) => {
    const node = nodes[source]
    if (source !== target || feedback !== undefined || !node) return []
    return [{ message: `${nameOf(node)} has an edge to itself. Remove it.`, nodes: [node] }]
  })
  const members = new Map<number, GraphNode[]>()
  nodes.forEach((node, index) => {
    const number = cycle[index] ?? -1
    if (number === -1) return
    const inCycle = members.get(number)
    if (inCycle) inCycle.push(node)
    else members.set(number, [node])
  })
  const endless = [...members.values()].filter(
    (inCycle) => !inCycle.some((node) => node.isLoop || node.component?.routes || !node.component),
  )
  return [
    ...loops,
    ...endless
      .filter((inCycle) => !(inCycle.length === 1 && loops.some((loop) => loop.nodes[0] === inCycle[0])))
      .map((inCycle) => ({
        message: `The flow has a cycle that nothing can end: ${inCycle.map(nameOf).join(', ')}. Close it through a Loop or an If-Else component.`,
        nodes: inCycle,
      })),
  ]
}

/** The loops into whose feedback leads what they do not lead to: they would wait for rows that never come back. */
export function incompleteLoops({ nodes, topology: { cycle }, edges }: Graph): readonly CycleProblem[] {
  const incomplete = new Set(
    edges.flatMap(({ source, target, feedback }) =>
      feedback !== undefined && (cycle[target] === -1 || cycle[source] !== cycle[target]) ? [target] : [],
    ),
  )
  return [...incomplete].flatMap((index) => {
    const node = nodes[index]
    if (!node) return []
    const message = `Incomplete loop: what comes back into ${nameOf(node)} does not come from it. Lead its item there, or remove that edge.`
    return [{ message, nodes: [node] }]
  })
}

const nameOf = (node: GraphNode | undefined) => `${node?.displayName} (${node?.id})`
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
const objects = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : [])
