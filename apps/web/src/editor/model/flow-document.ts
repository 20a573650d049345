import { placed } from './place-nodes.ts'

/**
 * A flow as its file holds it. The editor changes these objects and nothing else, so whatever a file contains that the
 * editor does not know survives a round trip. Shapes: flow-format of Langflow 1.4 to 1.13.
 */
export interface FlowDocument {
  readonly nodes: readonly FlowNode[]
  readonly edges: readonly FlowEdge[]
  readonly viewport?: { readonly x: number; readonly y: number; readonly zoom: number }
  readonly [unknown: string]: unknown
}

export interface FlowNode {
  readonly id: string
  /** `genericNode` for a component, `noteNode` for a note. */
  readonly type: string
  readonly position: Point
  readonly width?: number
  readonly height?: number
  /** False: it keeps its place, whatever is dragged or tidied up. */
  readonly draggable?: boolean
  readonly data: NodeData
  readonly [unknown: string]: unknown
}

export interface Point {
  readonly x: number
  readonly y: number
}

export interface NodeData {
  readonly id: string
  /** The type of the component: `ChatInput`. */
  readonly type: string
  readonly node: ComponentNode
  /** False when the node is minimised. */
  readonly showNode?: boolean
  readonly selected_output?: string
  /** Of a note that is a frame around other nodes. */
  readonly frame?: { readonly folded?: boolean } | null
  readonly [unknown: string]: unknown
}

/** A component as a node holds it: its fields with their values, and its outputs. */
export interface ComponentNode {
  readonly display_name: string
  readonly description: string
  readonly icon?: string
  readonly template: Readonly<Record<string, TemplateField>>
  readonly outputs?: readonly NodeOutput[]
  readonly field_order?: readonly string[]
  readonly tool_mode?: boolean
  readonly frozen?: boolean
  /** Switched off: nothing behind it runs, or what comes in goes on as it is. */
  readonly disabled?: 'stop' | 'pass'
  /** Values its outputs give in the editor instead of running. */
  readonly pinned_outputs?: Readonly<Record<string, unknown>>
  readonly beta?: boolean
  readonly legacy?: boolean
  readonly minimized?: boolean
  readonly documentation?: string
  /** The nodes inside a group. */
  readonly flow?: { readonly data: FlowDocument; readonly [unknown: string]: unknown }
  readonly [unknown: string]: unknown
}

/** A field of a node. Entries of a template that are no object are no fields: see `fieldsOf`. */
export interface TemplateField {
  readonly name?: string
  readonly display_name?: string
  /** What is stored: `str`, `int`, `prompt`, `other`… */
  readonly type?: string
  /** The kind of input: `DropdownInput`. Missing on prompt variables and in old files. */
  readonly _input_type?: string
  readonly value?: unknown
  readonly show?: boolean
  readonly advanced?: boolean
  readonly required?: boolean
  readonly list?: boolean
  readonly input_types?: readonly string[] | null
  readonly options?: readonly unknown[]
  readonly info?: string
  readonly placeholder?: string
  readonly multiline?: boolean
  readonly password?: boolean
  readonly load_from_db?: boolean
  readonly tool_mode?: boolean
  readonly real_time_refresh?: boolean
  readonly proxy?: { readonly id: string; readonly field: string }
  readonly [unknown: string]: unknown
}

export interface NodeOutput {
  readonly name: string
  readonly display_name?: string
  readonly types?: readonly string[]
  readonly selected?: string | null
  readonly hidden?: boolean | null
  readonly allows_loop?: boolean
  readonly loop_types?: readonly string[]
  readonly group_outputs?: boolean
  readonly proxy?: { readonly id: string; readonly name: string; readonly nodeDisplayName?: string }
  readonly [unknown: string]: unknown
}

export interface FlowEdge {
  readonly id: string
  readonly source: string
  readonly target: string
  readonly sourceHandle?: string | null
  readonly targetHandle?: string | null
  readonly data?: {
    readonly sourceHandle?: SourceHandle
    readonly targetHandle?: TargetHandle
    readonly [unknown: string]: unknown
  }
  readonly [unknown: string]: unknown
}

/** The output an edge leaves. */
export interface SourceHandle {
  readonly dataType: string
  readonly id: string
  readonly name: string
  readonly output_types: readonly string[]
}

/** What an edge enters: a field, or the feedback of a loop, which is named by the loop's output. */
export interface TargetHandle {
  readonly id: string
  readonly fieldName?: string
  readonly inputTypes?: readonly string[] | null
  readonly type?: string
  readonly proxy?: { readonly id: string; readonly field: string }
  readonly name?: string
  readonly dataType?: string
  readonly output_types?: readonly string[]
}

export const emptyDocument: FlowDocument = { nodes: [], edges: [] }

/** A stored graph, which may be null or lack its lists. */
export function readDocument(data: unknown): FlowDocument {
  if (typeof data !== 'object' || data === null) return emptyDocument
  const nodes = 'nodes' in data && Array.isArray(data.nodes) ? data.nodes : []
  const edges = 'edges' in data && Array.isArray(data.edges) ? data.edges : []
  // The server has checked the graph when it was stored; nodes without data are left out of the canvas by `isNode`.
  const joined = edges.filter(isEdge)
  return { ...data, nodes: placed(nodes.filter(isNode).map(named), joined), edges: joined }
}

/** Whether `readDocument` takes a stored graph as it is, leaving nothing out. */
export function isWhole(data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false
  const { nodes, edges } = readDocument(data)
  const has = (key: string, list: readonly unknown[]): boolean => {
    const stored: unknown = Reflect.get(data, key)
    return Array.isArray(stored) && stored.length === list.length
  }
  return has('nodes', nodes) && has('edges', edges)
}

const isNode = (value: unknown): value is FlowNode =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  'data' in value &&
  typeof value.data === 'object' &&
  value.data !== null

/** A node of a file written by hand may lack its name: it is called as its component is. */
function named(node: FlowNode): FlowNode {
  // Typed as the editor writes it; a file says what it likes.
  const inner: Partial<ComponentNode> | undefined = node.data.node
  if (node.type === 'noteNode' || typeof inner?.display_name === 'string') return node
  const filled = { description: '', template: {}, ...inner, display_name: node.data.type ?? node.id }
  return { ...node, data: { ...node.data, node: filled } }
}

const isEdge = (value: unknown): value is FlowEdge =>
  typeof value === 'object' && value !== null && 'source' in value && 'target' in value

export const isNote = (node: Pick<FlowNode, 'type'>): boolean => node.type === 'noteNode'

/** Whether there are components, and none of them shows more than its header. */
export function isAllFolded({ nodes }: FlowDocument): boolean {
  const components = nodes.filter((node) => !isNote(node))
  return components.length > 0 && components.every(({ data }) => data.showNode === false)
}

/** Whether an entry of a template is a field: some files keep other things there. */
export const isField = (value: unknown): value is TemplateField =>
  typeof value === 'object' && value !== null && ('type' in value || 'value' in value)

/** The fields of a node in the order they are shown. The source code is one of them. */
export function fieldsOf(node: ComponentNode): readonly (readonly [name: string, field: TemplateField])[] {
  const order = node.field_order ?? []
  const place = (name: string): number => {
    const index = order.indexOf(name)
    return index < 0 ? order.length : index
  }
  return Object.entries(node.template ?? {})
    .filter((entry): entry is [string, TemplateField] => isField(entry[1]) && !entry[0].startsWith('_'))
    .sort(([a], [b]) => place(a) - place(b))
}

/** The node of an id. */
const byId = new WeakMap<readonly FlowNode[], ReadonlyMap<string, FlowNode>>()

/** The nodes of a list by their ids; worked out once for each list. */
export function nodesById(nodes: readonly FlowNode[]): ReadonlyMap<string, FlowNode> {
  const known = byId.get(nodes)
  if (known) return known
  const made = new Map(nodes.map((node) => [node.id, node]))
  byId.set(nodes, made)
  return made
}

export const nodeOf = (document: FlowDocument, id: string): FlowNode | undefined =>
  document.nodes.find((node) => node.id === id)
