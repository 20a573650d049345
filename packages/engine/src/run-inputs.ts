import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { Graph, GraphField, GraphNode } from './graph.ts'
import { compileField } from './graph-field.ts'
import type { NodeResult } from './node-result.ts'
import type { Overlay } from './run-scope.ts'

export type InputType = 'chat' | 'text' | 'any'
export type OutputType = InputType | 'debug'

/** Whether an input or output node is of a kind: the kind occurs in the lower-cased id, or in its type. */
function isOfKind(node: GraphNode, kind: string | null): boolean {
  return (
    kind === null || kind === 'any' || node.id.toLowerCase().includes(kind) || node.type.toLowerCase().includes(kind)
  )
}

const ends = new WeakMap<Graph, Map<string, readonly GraphNode[]>>()

/** The nodes of one role and kind: looked for once in a graph, and asked for by every run. */
function nodesOf(graph: Graph, role: 'input' | 'output', kind: string | null): readonly GraphNode[] {
  const known = ends.get(graph) ?? new Map<string, readonly GraphNode[]>()
  ends.set(graph, known)
  const key = `${role} ${kind ?? 'any'}`
  const found = known.get(key) ?? graph.nodes.filter((node) => node.role === role && isOfKind(node, kind))
  known.set(key, found)
  return found
}

const isNamed = (node: GraphNode, named: readonly string[]) =>
  named.includes(node.id) || named.includes(node.displayName)

/** The input nodes that a run's `input_value` goes to: api.md, 3.1.3. */
export function inputNodes(graph: Graph, type: InputType | null, named: readonly string[] = []): readonly GraphNode[] {
  if (named.length === 0) return nodesOf(graph, 'input', type)
  return nodesOf(graph, 'input', null).filter((node) => isNamed(node, named))
}

/** Where an API run begins: the first webhook, else the first chat input, else everywhere. */
export function startNode(graph: Graph): number | undefined {
  return (nodesOf(graph, 'input', 'webhook')[0] ?? nodesOf(graph, 'input', 'chat')[0])?.index
}

/** The nodes whose results a run answers with. */
export function outputNodes(
  graph: Graph,
  type: OutputType | null,
  named: readonly string[] = [],
): readonly GraphNode[] {
  if (named.length > 0) return graph.nodes.filter((node) => isNamed(node, named))
  if (type === 'debug') return graph.nodes
  const fitting = type === null ? [] : nodesOf(graph, 'output', type)
  return fitting.length > 0 ? fitting : nodesOf(graph, 'output', null)
}

/** The results of these nodes that were built, in the order of the flow. */
export function builtResults(
  nodes: readonly GraphNode[],
  results: ReadonlyMap<string, NodeResult>,
): readonly NodeResult[] {
  return nodes.flatMap((node) => results.get(node.id) ?? [])
}

/**
 * Refuses an input given twice.
 * @throws AppError `tweak_conflicts_chat` or `tweak_conflicts_text`.
 */
export function checkTweaks(tweaks: JsonObject, inputValue: string | null, inputType: InputType | null): void {
  if (inputValue === null) return
  for (const [key, value] of Object.entries(tweaks)) {
    if (!isObject(value) || value.input_value === undefined || value.input_value === null) continue
    if (inputType === 'chat' && /ChatInput|Chat Input/.test(key)) throw new AppError('tweak_conflicts_chat')
    if (inputType === 'text' && /TextInput|Text Input/.test(key)) throw new AppError('tweak_conflicts_text')
  }
}

/** What marks an object as a change of the field itself, not as its value. */
const FIELD_KEYS = ['value', 'load_from_db', 'options', 'advanced', 'show', 'required', 'file_path']

/**
 * Lays a run's tweaks over the stored fields. Nodes go by id, display name or type; unknown nodes and
 * fields are ignored, as is `code`. A field that has a public name goes by that alone, whatever node holds it. `stream`
 * goes into every `stream` field that no tweak names.
 * @throws AppError `tweak_ambiguous` when several fields have the public name.
 */
export function createOverlay(graph: Graph, tweaks: JsonObject, stream: boolean): Overlay {
  const overlay = new Map<number, Map<string, GraphField>>()
  const change = (node: GraphNode, name: string, value: unknown) => {
    if (name === 'code') return
    const position = node.fieldIndex.get(name)
    const fields = overlay.get(node.index)
    const current = fields?.get(name) ?? (position === undefined ? undefined : node.fields[position])
    if (!current) return
    const changed = changedField(node, current, value)
    if (fields) fields.set(name, changed)
    else overlay.set(node.index, new Map([[name, changed]]))
  }
  const forAll: (readonly [string, unknown])[] = []
  const named = new Set<number>()
  for (const [key, value] of Object.entries(tweaks)) {
    const own = fieldOfPublicName(graph, key)
    if (own) {
      change(own.node, own.field, value)
      if (own.field === 'stream') named.add(own.node.index)
      continue
    }
    if (!isObject(value)) {
      forAll.push([key, value])
      continue
    }
    for (const node of nodesNamed(graph, key)) {
      for (const [name, entry] of Object.entries(value)) {
        change(node, name, entry)
        if (name === 'stream') named.add(node.index)
      }
    }
  }
  for (const [name, value] of forAll) for (const node of graph.nodes) change(node, name, value)
  if (!forAll.some(([name]) => name === 'stream')) {
    for (const node of graph.nodes) if (!named.has(node.index)) change(node, 'stream', stream)
  }
  return overlay
}

/** The key of a field's template that holds the name callers know it by. */
const PUBLIC_NAME = 'api_name'

/** The field that callers know by this name; ids of nodes come first. */
function fieldOfPublicName(graph: Graph, name: string): { node: GraphNode; field: string } | undefined {
  if (name === '' || graph.indexById.has(name)) return undefined
  const found = graph.nodes.flatMap((node) =>
    node.fields.flatMap((field) => (field.template?.[PUBLIC_NAME] === name ? [{ node, field: field.name }] : [])),
  )
  if (found.length < 2) return found[0]
  throw new AppError('tweak_ambiguous', [name, found.map(({ node, field }) => `${node.id}.${field}`).join(', ')])
}

/**
 * Refuses tweaks of a display name that several nodes have, of which `createOverlay` takes the last, as Langflow does.
 * @throws AppError `tweak_ambiguous` with the ids of the nodes.
 */
export function checkNames(graph: Graph, tweaks: JsonObject): void {
  for (const [key, value] of Object.entries(tweaks)) {
    if (!isObject(value) || graph.indexById.has(key)) continue
    const meant = graph.nodes.filter(({ displayName }) => displayName === key)
    if (meant.length > 1) throw new AppError('tweak_ambiguous', [key, meant.map(({ id }) => id).join(', ')])
  }
}

function nodesNamed(graph: Graph, key: string): readonly GraphNode[] {
  const byId = graph.nodes[graph.indexById.get(key) ?? -1]
  if (byId) return [byId]
  const byName = graph.nodes.findLast((node) => node.displayName === key)
  if (byName) return [byName]
  return graph.nodes.filter((node) => node.type === key)
}

function changedField(node: GraphNode, field: GraphField, value: unknown): GraphField {
  const template = field.template ?? { type: field.declared?.type ?? 'str', name: field.name, show: true }
  const compiled = compileField({
    name: field.name,
    declared: field.declared,
    template: changedTemplate(template, value),
    edges: field.edges,
    nodeName: node.displayName,
  })
  // A tweak on a field that loads a variable may name one, or be the value itself.
  const isNewText = compiled.variable !== undefined && typeof value === 'string'
  return isNewText ? { ...compiled, literal: value } : compiled
}

function changedTemplate(template: JsonObject, value: unknown): JsonObject {
  if (template.type === 'file') {
    const paths = isObject(value) ? Object.values(value).at(-1) : value
    return { ...template, file_path: paths, value: paths, show: true }
  }
  if (template.type === 'NestedDict' || template.type === 'mcp') return { ...template, value }
  if (isObject(value) && FIELD_KEYS.some((key) => Object.hasOwn(value, key))) return { ...template, ...value }
  return { ...template, value }
}
