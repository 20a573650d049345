import { printHandle, typesMeet } from '@runnel/engine/handle-codec'
import type { Registry } from '@runnel/engine/registry'
import type { FlowData } from '@runnel/protocol/flow'
import type { LeftOut } from '@runnel/protocol/flow-plans'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { Component } from '@runnel/sdk'
import { toolOutput, toolsField } from '../editing/tool-mode.ts'
import { isOffered } from './component-index.ts'
import { type DrawnNode, type DrawnWith, drawNode } from './draw-node.ts'
import type { Plan } from './read-plan.ts'

export interface DrawnPlan {
  readonly data: FlowData
  /** What of the plan no flow can have. */
  readonly leftOut: readonly LeftOut[]
}

export interface DrawOptions extends Pick<DrawnWith, 'models' | 'choices'> {
  readonly registry: Registry
}

/** Of these, the others of a flow would be given nothing. */
const SINGLE: ReadonlySet<string> = new Set(['ChatInput', 'Webhook'])
/** How far apart nodes stand that nobody has put in order. */
const COLUMN = 420
/** In a field for a model, says that it comes by an edge. */
const BY_EDGE = 'connect_other_models'

/** The flow of a plan: the components there are, values their fields can hold, and the edges that fit. */
export function drawPlan(plan: Plan, { registry, models, choices }: DrawOptions): DrawnPlan {
  const leftOut: LeftOut[] = []
  const refuse = (one: LeftOut): void => void leftOut.push(one)
  const nodes = new Map<string, DrawnNode>()
  for (const wanted of plan.nodes) {
    const component = componentOf(registry, wanted.type)
    const isTaken =
      nodes.has(wanted.id) || [...nodes.values()].some(({ type }) => type === component?.type && SINGLE.has(type))
    if (!component || isTaken) {
      const name = component?.displayName ?? wanted.type
      refuse({ ...NOWHERE, kind: 'component', component: name, why: component ? 'single' : 'unknown' })
      continue
    }
    const isAsked = plan.edges.some(({ from, output }) => from === wanted.id && output === toolOutput.name)
    const toolMode = isAsked && canBeTools(component)
    nodes.set(wanted.id, drawNode(wanted, { component, toolMode, models, choices, refuse }))
  }
  const edges: DrawnEdge[] = []
  for (const wanted of plan.edges) {
    const edge = drawEdge(wanted, { nodes, edges })
    if (typeof edge !== 'string') edges.push(edge)
    else {
      const [from, to] = [nodes.get(wanted.from), nodes.get(wanted.to)]
      // What is connected to a component that is not there has been told with it.
      if (from && to) refuse({ kind: 'connection', ...edgeNames(wanted, from, to), why: edge })
    }
  }
  return { data: { nodes: [...nodes.values()].map((one, place) => printNode(one, place, edges)), edges }, leftOut }
}

const NOWHERE = { name: null, target: null, input: null } as const

/** By its type, or by the name people know it by. */
function componentOf({ get, components }: Registry, type: string): Component | undefined {
  const found = get(type)
  if (found) return isOffered(found) ? found : undefined
  return components.find((one) => isOffered(one) && one.displayName.toLowerCase() === type.toLowerCase())
}

const canBeTools = (component: Component): boolean => {
  const { value } = toolsField(component)
  return component.tools !== undefined || (Array.isArray(value) && value.length > 0)
}

interface DrawnEdge extends JsonObject {
  readonly source: string
  readonly target: string
  readonly data: { readonly sourceHandle: JsonObject & { readonly name: string }; readonly targetHandle: JsonObject }
}

interface Drawing {
  readonly nodes: ReadonlyMap<string, DrawnNode>
  readonly edges: readonly DrawnEdge[]
}

/** An edge, or why there can be none. */
function drawEdge(wanted: Plan['edges'][number], { nodes, edges }: Drawing): DrawnEdge | LeftOut['why'] {
  const source = nodes.get(wanted.from)
  const target = nodes.get(wanted.to)
  const output = source && outputsOf(source).find(({ name }) => name === wanted.output)
  const end = target && endOf(target, wanted.input)
  if (!source || !target || !output || !end) return 'unknown'
  const given = typesGiven(output)
  if (!typesMeet(given, end.takes)) return 'types'
  if (!end.takesMany && edges.some((edge) => edge.target === target.id && sameEnd(edge.data.targetHandle, end.handle)))
    return 'taken'
  if (!end.closesLoop && leadsTo(target.id, source.id, edges)) return 'cycle'
  const sourceHandle = { dataType: source.type, id: source.id, name: wanted.output, output_types: given }
  const [sourceText, targetText] = [printHandle(sourceHandle), printHandle(end.handle)]
  return {
    id: `xy-edge__${source.id}${sourceText}-${target.id}${targetText}`,
    source: source.id,
    target: target.id,
    sourceHandle: sourceText,
    targetHandle: targetText,
    data: { sourceHandle, targetHandle: end.handle },
  }
}

/** The outputs a node shows. */
const outputsOf = ({ node: { outputs } }: DrawnNode): readonly JsonObject[] =>
  Array.isArray(outputs) ? outputs.filter((one) => isObject(one) && one.hidden !== true) : []

interface End {
  readonly handle: JsonObject
  readonly takes: readonly string[]
  readonly takesMany: boolean
  readonly closesLoop: boolean
}

/** Where an edge may enter a node: a field, or the end of a loop. */
function endOf(node: DrawnNode, name: string): End | undefined {
  const { id, type: dataType, template } = node
  const field = Object.hasOwn(template, name) ? template[name] : undefined
  if (isObject(field)) {
    const { input_types: inputTypes = null, type, list } = field
    const takes = textsIn(inputTypes)
    const handle = { fieldName: name, id, inputTypes, type }
    return takes.length > 0 ? { handle, takes, takesMany: list === true, closesLoop: false } : undefined
  }
  const loop = outputsOf(node).find((one) => one.name === name && one.allows_loop === true)
  if (!loop) return undefined
  const takes = [...typesGiven(loop), ...textsIn(loop.loop_types)]
  return { handle: { dataType, id, name, output_types: takes }, takes, takesMany: false, closesLoop: true }
}

/** An edge carries the one of an output's types that is chosen. */
const typesGiven = ({ selected, types }: JsonObject): readonly string[] => textsIn(selected ? [selected] : types)

const sameEnd = (one: JsonObject, other: JsonObject): boolean =>
  one.fieldName === other.fieldName && one.name === other.name

const closesLoop = ({ data }: DrawnEdge): boolean => data.targetHandle.fieldName === undefined

/** Whether a way leads from one node to another, other than back into a loop. */
function leadsTo(from: string, to: string, edges: readonly DrawnEdge[]): boolean {
  const seen = new Set<string>()
  const open = [from]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === to) return true
    if (seen.has(id)) continue
    seen.add(id)
    open.push(...edges.filter((edge) => edge.source === id && !closesLoop(edge)).map(({ target }) => target))
  }
  return false
}

function printNode({ id, type, node, template }: DrawnNode, place: number, edges: readonly DrawnEdge[]) {
  const entered = new Set(edges.flatMap(({ target, data }) => (target === id ? [data.targetHandle.fieldName] : [])))
  const left = new Set(edges.flatMap(({ source, data }) => (source === id ? [data.sourceHandle.name] : [])))
  const [output, ...others] = left
  const fields = Object.entries(template).map(([name, field]) => {
    if (!isObject(field) || !entered.has(name)) return [name, field] as const
    return [name, { ...field, show: true, ...(field.type === 'model' && { value: BY_EDGE }) }] as const
  })
  return {
    id,
    type: 'genericNode',
    position: { x: place * COLUMN, y: 0 },
    data: {
      id,
      type,
      node: { ...node, template: Object.fromEntries(fields) },
      showNode: node.minimized !== true,
      // Of outputs that share a row, the one that is used.
      ...(output !== undefined && others.length === 0 && { selected_output: output }),
    },
  }
}

const edgeNames = ({ output, input }: Plan['edges'][number], from: DrawnNode, to: DrawnNode) => ({
  component: String(from.node.display_name),
  name: output,
  target: String(to.node.display_name),
  input,
})

const textsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
