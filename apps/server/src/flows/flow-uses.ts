import type { FlowUseKind } from '@runnel/protocol/flow-uses'
import { isObject, type JsonObject } from '@runnel/protocol/json'

/** The names of things of a kind that a graph uses, itself or in its groups. */
export function namesUsed(graph: unknown, kind: FlowUseKind): ReadonlySet<string> {
  const nodes = isObject(graph) && Array.isArray(graph.nodes) ? graph.nodes : []
  const names = nodes.flatMap((node): readonly string[] => {
    const inner = isObject(node) && isObject(node.data) && isObject(node.data.node) ? node.data.node : {}
    const fields = Object.entries(isObject(inner.template) ? inner.template : {})
    const own = fields.flatMap(([field, entry]) => (isObject(entry) ? namesIn(kind, field, entry) : []))
    const group = isObject(inner.flow) ? namesUsed(inner.flow.data, kind) : []
    return [...own, ...group]
  })
  return new Set(names)
}

function namesIn(kind: FlowUseKind, field: string, entry: JsonObject): readonly string[] {
  const { type, value } = entry
  switch (kind) {
    case 'knowledge_base':
      return field === 'knowledge_base' ? textsIn(value) : []
    case 'variable':
      return entry.load_from_db === true ? textsIn(value) : []
    case 'mcp_server':
      return type === 'mcp' ? textsIn(isObject(value) ? value.name : value) : []
    case 'file':
      return type === 'file' ? textsIn(entry.file_path) : []
    default:
      return kind satisfies never
  }
}

/** A text, or the texts of a list. */
const textsIn = (value: unknown): readonly string[] =>
  [value].flat().filter((one): one is string => typeof one === 'string' && one !== '')
