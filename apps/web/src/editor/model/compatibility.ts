import type {
  FlowDocument,
  FlowEdge,
  FlowNode,
  NodeOutput,
  SourceHandle,
  TargetHandle,
  TemplateField,
} from './flow-document.ts'
import { nodeOf } from './flow-document.ts'
import { canvasHandles, fieldHandle, type HandleId, handleName, loopHandle, sourceHandle } from './handles.ts'

/** Newer files say JSON for Data, Table for DataFrame and Message for Text: the same types. */
const RENAMED: Readonly<Record<string, string>> = { Data: 'JSON', Record: 'JSON', DataFrame: 'Table', Text: 'Message' }
const nameOf = (type: string): string => RENAMED[type] ?? type

/** Whether two lists of types have one in common. */
export const typesMeet = (given: readonly string[], taken: readonly string[]): boolean => {
  const names = new Set(taken.map(nameOf))
  return given.some((type) => names.has(nameOf(type)))
}

/** Whether two lists name the same types. */
export const sameTypes = (one: readonly string[], other: readonly string[]): boolean => {
  const [names, others] = [new Set(one.map(nameOf)), new Set(other.map(nameOf))]
  return names.size === others.size && [...names].every((name) => others.has(name))
}

/** Whether what leaves one handle may enter another. */
export function handlesFit(source: SourceHandle, target: TargetHandle): boolean {
  if (target.fieldName === undefined) return typesMeet(source.output_types, target.output_types ?? [])
  const taken = target.inputTypes ?? []
  return (
    typesMeet(source.output_types, taken) ||
    (target.type !== undefined && typesMeet(source.output_types, [target.type])) ||
    taken.includes(source.dataType)
  )
}

/** Whether a field has a handle at all. */
export const takesEdges = (field: TemplateField): boolean =>
  (field.input_types?.length ?? 0) > 0 || field.type === 'other'

/** What one end of a connection stands for; undefined when the node has no such handle. */
export function sourceOf(node: FlowNode | undefined, handle: string | null | undefined): SourceHandle | undefined {
  const output = handle?.startsWith('out:') ? outputOf(node, handleName(handle)) : undefined
  return node && output && sourceHandle(node, output)
}

export function targetOf(node: FlowNode | undefined, handle: string | null | undefined): TargetHandle | undefined {
  if (!node || !handle) return undefined
  const name = handleName(handle)
  if (handle.startsWith('loop:')) {
    const output = outputOf(node, name)
    return output && loopHandle(node, output)
  }
  const field = handle.startsWith('in:') ? node.data.node.template[name] : undefined
  return field && fieldHandle(node, name, field)
}

const outputOf = (node: FlowNode | undefined, name: string): NodeOutput | undefined =>
  node?.data.node.outputs?.find((output) => output.name === name)

export interface Connection {
  readonly source: string
  readonly sourceHandle: string | null
  readonly target: string
  readonly targetHandle: string | null
}

/** Why an edge cannot be drawn; a key of the editor's words `refusals`. */
export type Refusal = 'sameNode' | 'noHandle' | 'types' | 'cycle'

/** Checks an edge before it is drawn. A taken single field is no refusal: the edge there is replaced. */
export function refusalOf(document: FlowDocument, connection: Connection): Refusal | undefined {
  if (connection.source === connection.target) return 'sameNode'
  const source = sourceOf(nodeOf(document, connection.source), connection.sourceHandle)
  const target = targetOf(nodeOf(document, connection.target), connection.targetHandle)
  if (!source || !target) return 'noHandle'
  if (!handlesFit(source, target)) return 'types'
  const closesLoop = connection.targetHandle?.startsWith('loop:') ?? false
  return !closesLoop && makesCycle(document, connection) ? 'cycle' : undefined
}

/** The edge that has to go where another is drawn to a field that takes only one. */
export function replacedBy(
  document: FlowDocument,
  { source, sourceHandle, target, targetHandle }: Connection,
): FlowEdge | undefined {
  const field = nodeOf(document, target)?.data.node.template[handleName(targetHandle ?? '')]
  if (!targetHandle?.startsWith('in:') || field === undefined || field.list === true) return undefined
  return document.edges.find((edge) => {
    if (edge.target !== target) return false
    const handles = canvasHandles(edge)
    return handles.target === targetHandle && (edge.source !== source || handles.source !== sourceHandle)
  })
}

/** Whether a way leads back from the target to the source, other than through the feedback of a loop. */
function makesCycle(document: FlowDocument, { source, target }: Connection): boolean {
  const next = new Map<string, string[]>()
  for (const edge of document.edges) {
    if (canvasHandles(edge).target?.startsWith('loop:')) continue
    const targets = next.get(edge.source)
    if (targets) targets.push(edge.target)
    else next.set(edge.source, [edge.target])
  }
  const seen = new Set<string>()
  const open = [target]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === source) return true
    if (seen.has(id)) continue
    seen.add(id)
    open.push(...(next.get(id) ?? []))
  }
  return false
}

/** A handle somebody is looking for partners of. */
export interface HandleOf {
  readonly nodeId: string
  readonly handle: HandleId
}
