import { hash } from 'node:crypto'
import { expandGroups } from '@runnel/engine/expand-groups'
import { edgeHandle } from '@runnel/engine/handle-codec'
import type { Contract } from '@runnel/protocol/contract'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { FlowDifference } from '@runnel/protocol/publications'

/** Characters of a value that are shown. */
const SHOWN = 80

/** How one graph became another: nodes, values of fields, edges. Where nodes stand does not count. */
export function graphDifferences(before: unknown, after: unknown): readonly FlowDifference[] {
  const [old, now] = [partsOf(before), partsOf(after)]
  const differences: FlowDifference[] = []
  for (const [id, node] of now.nodes) {
    const earlier = old.nodes.get(id)
    if (earlier) differences.push(...nodeDifferences(id, earlier, node))
    else {
      const values = { title: node.title, type: node.type }
      differences.push({ kind: 'node_added', message: `Added ${node.title} (${node.type})`, values, node_id: id })
    }
  }
  for (const [id, { title, type }] of old.nodes) {
    if (now.nodes.has(id)) continue
    const values = { title, type }
    differences.push({ kind: 'node_removed', message: `Removed ${title} (${type})`, values, node_id: id })
  }
  for (const [key, text] of now.edges) {
    if (!old.edges.has(key)) differences.push({ kind: 'edge_added', message: `Joined ${text}`, values: { edge: text } })
  }
  for (const [key, text] of old.edges) {
    if (!now.edges.has(key))
      differences.push({ kind: 'edge_removed', message: `Parted ${text}`, values: { edge: text } })
  }
  return differences
}

/** How what callers give and get has changed. */
export function contractDifferences(before: Contract, after: Contract): readonly FlowDifference[] {
  const byName = <Item extends { readonly name: string }>(items: readonly Item[]) =>
    new Map(items.map((item) => [item.name, item]))
  const [old, now] = [byName(before.inputs), byName(after.inputs)]
  const [oldOut, nowOut] = [byName(before.outputs), byName(after.outputs)]
  return [
    ...after.inputs.flatMap((input): readonly FlowDifference[] => {
      const earlier = old.get(input.name)
      const { name, type } = input
      if (!earlier) return [{ kind: 'input_added', message: `Input ${name} (${type}) is new`, values: { name, type } }]
      const changed = (['type', 'required', 'default', 'label', 'description'] as const).filter(
        (key) => JSON.stringify(earlier[key]) !== JSON.stringify(input[key]),
      )
      if (changed.length === 0) return []
      const values = { name, parts: changed.join(' ') }
      return [{ kind: 'input_changed', message: `Input ${name}: ${changed.join(', ')} changed`, values }]
    }),
    ...before.inputs.flatMap(({ name }): readonly FlowDifference[] =>
      now.has(name) ? [] : [{ kind: 'input_removed', message: `Input ${name} is gone`, values: { name } }],
    ),
    ...after.outputs.flatMap(({ name }): readonly FlowDifference[] =>
      oldOut.has(name) ? [] : [{ kind: 'output_added', message: `Output ${name} is new`, values: { name } }],
    ),
    ...before.outputs.flatMap(({ name }): readonly FlowDifference[] =>
      nowOut.has(name) ? [] : [{ kind: 'output_removed', message: `Output ${name} is gone`, values: { name } }],
    ),
  ]
}

/** Hash of what a graph does: equal for graphs that `graphDifferences` finds alike. */
export function fingerprint(data: unknown): string {
  const { nodes, edges } = partsOf(data)
  const facts = [...nodes].map(([id, { title, type, modes, fields }]) => [id, title, type, modes, [...fields]])
  return hash('sha256', JSON.stringify([facts.toSorted(byFirst), [...edges.keys()].toSorted()]), 'base64url')
}

const byFirst = (a: readonly unknown[], b: readonly unknown[]) => (String(a[0]) < String(b[0]) ? -1 : 1)

interface NodeParts {
  readonly title: string
  readonly type: string
  /** Frozen and tool mode. */
  readonly modes: string
  readonly fields: ReadonlyMap<string, string>
  readonly labels: ReadonlyMap<string, string>
  readonly secrets: ReadonlySet<string>
}

function partsOf(data: unknown) {
  const { nodes = [], edges = [] } = isObject(data) ? data : {}
  const objects = (list: unknown) => (Array.isArray(list) ? list.filter(isObject) : [])
  const flat = expandGroups({ nodes: objects(nodes), edges: objects(edges) })
  const parts = new Map(
    flat.nodes.filter(({ type }) => type !== 'noteNode').map((node) => [String(node.id), nodeParts(node)]),
  )
  const named = (id: unknown) => parts.get(String(id))?.title ?? String(id)
  const joined = flat.edges.map((edge) => {
    const from = edgeHandle(edge, 'sourceHandle')
    const to = edgeHandle(edge, 'targetHandle')
    const [output, field] = [String(from?.name ?? ''), String(to?.fieldName ?? to?.name ?? '')]
    const key = JSON.stringify([edge.source, output, edge.target, field])
    return [key, `${named(edge.source)} (${output}) → ${named(edge.target)} (${field})`] as const
  })
  return { nodes: parts, edges: new Map(joined) }
}

function nodeParts(node: JsonObject): NodeParts {
  const data = isObject(node.data) ? node.data : {}
  const described = isObject(data.node) ? data.node : {}
  const template = Object.entries(isObject(described.template) ? described.template : {})
  const fields = new Map<string, string>()
  const labels = new Map<string, string>()
  const secrets = new Set<string>()
  for (const [name, field] of template) {
    // The code of a node says nothing here: its type decides what it does.
    if (!isObject(field) || name === 'code') continue
    fields.set(
      name,
      JSON.stringify([
        field.type === 'file' ? (field.file_path ?? null) : (field.value ?? null),
        field.load_from_db === true,
      ]),
    )
    labels.set(name, String(field.display_name ?? name))
    if (field.password === true && field.load_from_db !== true) secrets.add(name)
  }
  const type = typeof data.type === 'string' ? data.type : ''
  const title = typeof described.display_name === 'string' ? described.display_name : type
  const modes = JSON.stringify([described.frozen === true, described.tool_mode === true, described.disabled ?? null])
  return { title, type, modes, fields, labels, secrets }
}

function nodeDifferences(id: string, before: NodeParts, after: NodeParts): readonly FlowDifference[] {
  const differences: FlowDifference[] = []
  const { title } = after
  if (before.title !== title) {
    const values = { before: before.title, title }
    differences.push({ kind: 'node_renamed', message: `Renamed ${before.title} to ${title}`, values, node_id: id })
  }
  if (before.type !== after.type || before.modes !== after.modes) {
    const what =
      before.type === after.type ? 'frozen, tool mode or disabled changed' : `${before.type} replaced by ${after.type}`
    const values = { title, type: after.type, before: before.type }
    differences.push({ kind: 'node_replaced', message: `${title}: ${what}`, values, node_id: id })
  }
  for (const name of new Set([...before.fields.keys(), ...after.fields.keys()])) {
    const [old, now] = [before.fields.get(name), after.fields.get(name)]
    if (old === now) continue
    const label = after.labels.get(name) ?? before.labels.get(name) ?? name
    const at = { kind: 'field_changed', node_id: id, field: name, values: { title, label } } as const
    if (before.secrets.has(name) || after.secrets.has(name)) {
      differences.push({ ...at, message: `${title}: ${label} changed` })
      continue
    }
    const shown = { before: show(old), after: show(now) }
    differences.push({ ...at, ...shown, message: `${title}: ${label} changed from ${shown.before} to ${shown.after}` })
  }
  return differences
}

/** A value as JSON, or the variable it comes from. */
function show(stored: string | undefined): string {
  if (stored === undefined) return 'nothing'
  const [value, isVariable]: readonly unknown[] = JSON.parse(stored)
  const text = isVariable === true ? `variable ${String(value)}` : JSON.stringify(value)
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text
}
