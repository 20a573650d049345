import { isObject, type JsonObject } from '@runnel/protocol/json'
import { componentText } from '../i18n/component-text.ts'

/** A field of a node that a caller may set. */
export interface InputField {
  readonly nodeId: string
  readonly name: string
  readonly label: string
  readonly info: string
  readonly value: unknown
  /** What may be chosen; empty for anything. */
  readonly options: readonly string[]
  /** The global variable that callers name in the place of a secret. */
  readonly variable?: string
  /** What callers know it by, whatever node holds it; undefined for the id of its node and its name there. */
  readonly publicName: string | undefined
  /** Part of the flow's input schema. */
  readonly isExposed: boolean
  /** An edge gives its value. */
  readonly isConnected: boolean
  readonly isSecret: boolean
  /** As JSON Schema says it; undefined for anything. */
  readonly type: JsonType | undefined
}

export type JsonType = 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array'

const TYPES: Readonly<Record<string, JsonType>> = {
  str: 'string',
  prompt: 'string',
  link: 'string',
  int: 'integer',
  float: 'number',
  slider: 'number',
  bool: 'boolean',
  dict: 'object',
  NestedDict: 'object',
  table: 'array',
}

export interface InputNode {
  readonly id: string
  readonly type: string
  readonly name: string
  readonly icon: string | undefined
  readonly fields: readonly InputField[]
}

/** A field that takes a file of the caller's. */
export interface FileField {
  readonly nodeId: string
  readonly field: string
  /** Where its file is uploaded: to the flow, or to the user's files. */
  readonly kind: 'chat' | 'file' | 'video'
}

/** What a call of a flow depends on, read from its graph. */
export interface FlowInputs {
  readonly hasChatInput: boolean
  readonly hasChatOutput: boolean
  readonly hasWebhook: boolean
  /** Of the nodes that answer. */
  readonly outputIds: readonly string[]
  /** The text the flow begins with now; undefined when it has no such node or no text. */
  readonly inputText: string | undefined
  readonly nodes: readonly InputNode[]
  readonly fileFields: readonly FileField[]
}

const FILE_FIELDS: Readonly<Record<string, Pick<FileField, 'field' | 'kind'>>> = {
  ChatInput: { field: 'files', kind: 'chat' },
  File: { field: 'path', kind: 'file' },
  FileComponent: { field: 'path', kind: 'file' },
  VideoFile: { field: 'file_path', kind: 'video' },
}

/** Kinds of fields whose value is no literal a caller could send. */
const CLOSED = new Set([
  'HandleInput',
  'CodeInput',
  'TabInput',
  'SortableListInput',
  'ConnectionInput',
  'AuthInput',
  'McpInput',
  'ToolsInput',
])

const isText = (value: unknown): value is string => typeof value === 'string'

/** @param data the graph as it is saved: `{nodes, edges}` */
export function readFlowInputs(data: unknown): FlowInputs {
  const graph: JsonObject = isObject(data) ? data : {}
  const nodes = (Array.isArray(graph.nodes) ? graph.nodes : []).flatMap(readNode)
  const connected = connectedFields(Array.isArray(graph.edges) ? graph.edges : [])
  const withFields = nodes.map(({ id, type, name, icon, template }) => ({
    id,
    type,
    name,
    icon,
    fields: Object.entries(template).flatMap(([field, value]) => readField(id, field, value, connected)),
  }))
  const first = nodes.find(({ type }) => type === 'ChatInput') ?? nodes.find(({ type }) => type === 'TextInput')
  const text = isObject(first?.template.input_value) ? first.template.input_value.value : undefined
  return {
    hasChatInput: nodes.some(({ type }) => type === 'ChatInput'),
    hasChatOutput: nodes.some(({ type }) => type === 'ChatOutput'),
    outputIds: nodes.filter(({ type }) => type === 'ChatOutput' || type === 'TextOutput').map(({ id }) => id),
    hasWebhook: nodes.some(({ type }) => type === 'Webhook'),
    inputText: isText(text) && text !== '' ? text : undefined,
    nodes: withFields.filter(({ fields }) => fields.length > 0),
    fileFields: nodes.flatMap(({ id, type }) => {
      const found = FILE_FIELDS[type]
      return found ? [{ nodeId: id, ...found }] : []
    }),
  }
}

function readNode(node: unknown) {
  if (!isObject(node) || !isText(node.id) || !isObject(node.data) || !isObject(node.data.node)) return []
  const { type, node: inner } = node.data
  if (node.type === 'noteNode' || !isText(type)) return []
  const template: JsonObject = isObject(inner.template) ? inner.template : {}
  const name = isText(inner.display_name) ? componentText(inner.display_name) : type
  return [{ id: node.id, type, name, icon: isText(inner.icon) ? inner.icon : undefined, template }]
}

/** `node field` of everything an edge leads to. */
function connectedFields(edges: readonly unknown[]): ReadonlySet<string> {
  return new Set(
    edges.flatMap((edge) => {
      if (!isObject(edge) || !isObject(edge.data) || !isObject(edge.data.targetHandle)) return []
      return [`${String(edge.target)} ${String(edge.data.targetHandle.fieldName)}`]
    }),
  )
}

function readField(
  nodeId: string,
  name: string,
  field: unknown,
  connected: ReadonlySet<string>,
): readonly InputField[] {
  if (!isObject(field) || field.show === false || name === 'code' || field.type === 'code') return []
  if (isText(field._input_type) && CLOSED.has(field._input_type)) return []
  return [
    {
      nodeId,
      name,
      label: isText(field.display_name) && field.display_name !== '' ? componentText(field.display_name) : name,
      info: isText(field.info) ? field.info : '',
      value: field.value ?? '',
      options: field.combobox === true || !Array.isArray(field.options) ? [] : field.options.filter(isText),
      type: field.list === true ? 'array' : isText(field.type) ? TYPES[field.type] : undefined,
      isExposed: field.api_editable === true,
      publicName: isText(field.api_name) && field.api_name !== '' ? field.api_name : undefined,
      isConnected: connected.has(`${nodeId} ${name}`),
      isSecret:
        field._input_type === 'SecretStrInput' ||
        field._input_type === 'MultilineSecretInput' ||
        field.password === true,
    },
  ]
}

/** What a field says of itself to callers: whether it is in the input schema, and a name of its own; '' for none. */
export interface FieldMarks {
  readonly api_editable?: boolean
  readonly api_name?: string
}

/** The graph with marks on one of its fields. */
export function withMarks(data: unknown, nodeId: string, fieldName: string, marks: FieldMarks): JsonObject {
  const graph: JsonObject = isObject(data) ? data : { nodes: [], edges: [] }
  const nodes = (Array.isArray(graph.nodes) ? graph.nodes : []).map((node: unknown) => {
    if (!isObject(node) || node.id !== nodeId || !isObject(node.data) || !isObject(node.data.node)) return node
    const template: JsonObject = isObject(node.data.node.template) ? node.data.node.template : {}
    const field = template[fieldName]
    if (!isObject(field)) return node
    const changed = { ...template, [fieldName]: { ...field, ...marks } }
    return { ...node, data: { ...node.data, node: { ...node.data.node, template: changed } } }
  })
  return { ...graph, nodes }
}
