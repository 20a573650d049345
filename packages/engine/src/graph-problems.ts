import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import { type CycleProblem, compileUnchecked, endlessCycles, incompleteLoops, isNote } from './compile-graph.ts'
import { expandGroups, type RawGraph } from './expand-groups.ts'
import type { Graph, GraphField, GraphNode } from './graph.ts'
import { readEdges } from './read-edges.ts'
import type { Registry } from './registry.ts'
import { outputNodes, startNode } from './run-inputs.ts'
import { selectNodes } from './selection.ts'

/** Why a flow could not run to its end. */
export interface GraphProblem {
  readonly code:
    | 'no_graph'
    | 'empty_flow'
    | 'broken_edge'
    | 'missing_output'
    | 'endless_cycle'
    | 'incomplete_loop'
    | 'unknown_component'
    | 'missing_value'
    | 'invalid_value'
  /** What is wrong, then what to do. */
  readonly message: string
  /** What the message is about, by name: for those who tell it in other words. */
  readonly values?: Readonly<Record<string, string>>
  readonly nodeId?: string
  readonly field?: string
  readonly edgeId?: string
}

export interface GraphCheck {
  /** Everything that would keep the flow from running. */
  readonly problems: readonly GraphProblem[]
  /** Models and secrets that are not set: at run time the user's default model and variables may stand in for them. */
  readonly warnings: readonly GraphProblem[]
  /** Undefined for data that are no graph. */
  readonly graph: Graph | undefined
}

/** Checks a flow before it is published. */
export function graphProblems(data: unknown, registry: Registry): GraphCheck {
  if (!isObject(data) || !Array.isArray(data.nodes) || !Array.isArray(data.edges)) {
    const message = 'The flow has no graph: its data needs "nodes" and "edges".'
    return { problems: [{ code: 'no_graph', message }], warnings: [], graph: undefined }
  }
  let broken: readonly GraphProblem[] = []
  let graph: Graph
  try {
    const flat = expandGroups({ nodes: data.nodes.filter(isObject), edges: data.edges.filter(isObject) })
    const sorted = sortEdges(flat)
    broken = sorted.broken
    graph = compileUnchecked({ nodes: flat.nodes, edges: sorted.sound }, registry)
  } catch (error) {
    return { problems: [...broken, problemOf('no_graph', error)], warnings: [], graph: undefined }
  }
  if (graph.nodes.length === 0) {
    const message = 'The flow is empty. Add components to it.'
    return { problems: [...broken, { code: 'empty_flow', message }], warnings: [], graph: undefined }
  }
  const cycles = [
    ...endlessCycles(graph).map((found) => cycleProblem('endless_cycle', found)),
    ...incompleteLoops(graph).map((found) => cycleProblem('incomplete_loop', found)),
  ]
  const problems = [...broken, ...cycles, ...graph.nodes.flatMap(unknownParts)]
  if (problems.length > 0) return { problems, warnings: [], graph }
  const values = valueProblems(graph)
  const isLater = ({ isLater: later }: ValueProblem) => later
  const told = ({ isLater: _, ...problem }: ValueProblem): GraphProblem => problem
  return {
    problems: values.filter((problem) => !isLater(problem)).map(told),
    warnings: values.filter(isLater).map(told),
    graph,
  }
}

const cycleProblem = (code: GraphProblem['code'], { message, nodes }: CycleProblem): GraphProblem => ({
  code,
  message,
  values: { components: nodes.map(({ displayName }) => displayName).join(' → ') },
  ...(nodes[0] && { nodeId: nodes[0].id }),
})

/** Each edge alone: one that is broken must not hide the next. */
function sortEdges({ nodes, edges }: RawGraph) {
  const indexById = new Map(nodes.map(({ id }, index) => [String(id), index]))
  const noteIds = new Set(nodes.filter(isNote).map(({ id }) => id))
  const broken: GraphProblem[] = []
  const sound = edges.filter((edge) => {
    try {
      readEdges([edge], indexById, noteIds, [])
      return true
    } catch (error) {
      const edgeId = typeof edge.id === 'string' ? { edgeId: edge.id } : {}
      broken.push({ ...problemOf('broken_edge', error), ...edgeId })
      return false
    }
  })
  return { broken, sound }
}

function problemOf(code: GraphProblem['code'], error: unknown): GraphProblem {
  if (error instanceof AppError) return { code, message: error.message, values: { why: error.message } }
  throw error
}

function unknownParts({ component, id, type, displayName, outputs, disabled }: GraphNode): readonly GraphProblem[] {
  if (disabled) return []
  if (!component) {
    const message = `This server has no component ${type}, which ${displayName} (${id}) needs. Replace or remove it.`
    return [{ code: 'unknown_component', message, values: { component: displayName, type }, nodeId: id }]
  }
  const unknown = outputs.filter(({ output, isToolset }) => !output && !isToolset)
  return unknown.map(({ name }) => ({
    code: 'missing_output',
    message: `An edge leaves ${displayName} (${id}) by an output it does not have: ${name}. Draw the edge again.`,
    values: { component: displayName, output: name },
    nodeId: id,
  }))
}

interface ValueProblem extends GraphProblem {
  /** The value may be found when the flow runs. */
  readonly isLater: boolean
}

/** Of the nodes that a call reaches: what stands beside them does no harm. */
function valueProblems(graph: Graph): readonly ValueProblem[] {
  const start = startNode(graph)
  const also = outputNodes(graph, 'any').map(({ index }) => index)
  let kept: readonly boolean[]
  try {
    const chatInputs = graph.nodes.filter(({ type }) => type === 'ChatInput').map(({ index }) => index)
    kept = selectNodes(graph.topology, { chatInputs, ...(start !== undefined && { start, also }) }).keep
  } catch (error) {
    return [{ ...problemOf('no_graph', error), isLater: false }]
  }
  return graph.nodes
    .filter(({ index, disabled }) => kept[index] && !disabled)
    .flatMap((node) => node.fields.flatMap((field) => check(node, field)))
}

function check(node: GraphNode, field: GraphField): readonly ValueProblem[] {
  const { template, declared, problem, edges, name } = field
  if (edges.length > 0 || !template || template.show === false) return []
  const label = String(template.display_name ?? declared?.attributes.display_name ?? name)
  const at = { nodeId: node.id, field: name }
  const values = { component: node.displayName, field: label }
  if (problem !== undefined) {
    const message = `${node.displayName} (${node.id}): ${problem}`
    return [{ code: 'invalid_value', message, values: { ...values, why: problem }, ...at, isLater: false }]
  }
  const isRequired = (template.required ?? declared?.attributes.required) === true
  if (!isRequired || isFilled(field) || isGivenByModel(node, template)) return []
  const message = `${node.displayName} (${node.id}) needs a value for ${label}. Fill it in or join it to an output.`
  const isSecret = (template.password ?? declared?.attributes.password) === true
  return [{ code: 'missing_value', message, values, ...at, isLater: isSecret || field.coercion === 'model' }]
}

function isFilled({ literal, variable }: GraphField): boolean {
  if (variable !== undefined) return true
  if (literal === undefined || literal === null || literal === '') return false
  return !Array.isArray(literal) || literal.length > 0
}

/** A field of a tool, which the model that calls it fills in. */
const isGivenByModel = ({ outputs }: GraphNode, { tool_mode }: JsonObject) =>
  tool_mode === true && outputs.some(({ isToolset }) => isToolset)
