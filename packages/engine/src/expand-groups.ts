import { isObject, type JsonObject } from '@runnel/protocol/json'
import { edgeHandle } from './handle-codec.ts'

/** Nodes and edges before they are checked: anything may be in them. */
export interface RawGraph {
  readonly nodes: readonly JsonObject[]
  readonly edges: readonly JsonObject[]
}

/**
 * Puts the nodes inside groups in the place of the groups, however deep they nest.
 * An expanded node carries the outermost group it stood in as `parent_node_id`.
 */
export function expandGroups({ nodes, edges }: RawGraph): RawGraph {
  if (!nodes.some(isGroup)) return { nodes, edges }
  const flatNodes: JsonObject[] = []
  const flatEdges: JsonObject[] = []
  const levels: Level[] = [{ nodes, edges, outermost: undefined, open: openGroup }]
  for (const { nodes: inLevel, edges: edgesInLevel, outermost, open } of levels) {
    const groups = new Map<string, Group>()
    for (const node of inLevel) {
      if (!isGroup(node)) {
        flatNodes.push(outermost ? withParent(node, outermost) : node)
        continue
      }
      const group = open(node)
      groups.set(String(node.id), group)
      levels.push({ ...group, outermost: outermost ?? node, open: (inner) => group.open(inner) })
    }
    for (const edge of edgesInLevel) flatEdges.push(leave(enter(edge, groups), groups))
  }
  return { nodes: flatNodes, edges: flatEdges }
}

interface Level extends RawGraph {
  /** The group that holds this level, and is held by none. */
  readonly outermost: JsonObject | undefined
  readonly open: (node: JsonObject) => Group
}

/** The inside of a group, with the values its own fields give to the nodes. */
interface Group extends RawGraph {
  readonly node: JsonObject
  readonly byId: ReadonlyMap<unknown, JsonObject>
  /** A group inside this one, opened once. */
  open(inner: JsonObject): Group
}

function openGroup(node: JsonObject): Group {
  const data = at(node, 'data', 'node', 'flow', 'data')
  const proxies = proxiedFields(node)
  const nodes = objects(at(data, 'nodes')).map((inner) => withGroupFields(inner, proxies.get(String(inner.id))))
  const opened = new Map<JsonObject, Group>()
  return {
    node,
    nodes,
    edges: objects(at(data, 'edges')),
    byId: new Map(nodes.map((inner) => [inner.id, inner])),
    open(inner) {
      const group = opened.get(inner) ?? openGroup(inner)
      opened.set(inner, group)
      return group
    },
  }
}

function isGroup(node: JsonObject): boolean {
  const inner = at(node, 'data', 'node', 'flow')
  return isObject(inner) && isObject(inner.data)
}

/** The group's fields by inner node and inner field. A proxy of an inner group names that group's own key. */
function proxiedFields(group: JsonObject): ReadonlyMap<string, ReadonlyMap<string, JsonObject>> {
  const found = new Map<string, Map<string, JsonObject>>()
  const template = at(group, 'data', 'node', 'template')
  for (const entry of isObject(template) ? Object.values(template) : []) {
    if (!isObject(entry) || !isObject(entry.proxy)) continue
    const fields = found.get(String(entry.proxy.id)) ?? new Map<string, JsonObject>()
    found.set(String(entry.proxy.id), fields.set(String(entry.proxy.field), entry))
  }
  return found
}

function withGroupFields(node: JsonObject, fields: ReadonlyMap<string, JsonObject> | undefined): JsonObject {
  if (!fields) return node
  const own = at(node, 'data', 'node', 'template')
  const entries = new Map(isObject(own) ? Object.entries(own) : [])
  for (const [name, { proxy: _, ...outerField }] of fields) {
    const inner = entries.get(name)
    const { show, advanced, display_name, proxy } = isObject(inner) ? inner : outerField
    entries.set(name, { ...outerField, show, advanced, display_name, ...(proxy !== undefined && { proxy }) })
  }
  return withDescribed(node, { template: Object.fromEntries(entries) })
}

function withParent(node: JsonObject, group: JsonObject): JsonObject {
  const frozen = at(group, 'data', 'node', 'frozen') === true
  const disabled = at(group, 'data', 'node', 'disabled')
  return {
    ...withDescribed(node, { frozen, ...(disabled !== undefined && { disabled }) }),
    parent_node_id: String(group.id),
  }
}

function withDescribed(node: JsonObject, change: JsonObject): JsonObject {
  const data = isObject(node.data) ? node.data : {}
  const described = isObject(data.node) ? data.node : {}
  return { ...node, data: { ...data, node: { ...described, ...change } } }
}

/** Points an edge into a group at the inner node its proxy names, through as many groups as there are. */
function enter(edge: JsonObject, groups: ReadonlyMap<string, Group>): JsonObject {
  let group = groups.get(String(edge.target))
  const handle = group && edgeHandle(edge, 'targetHandle')
  if (!group || !handle) return edge
  const { proxy: given, ...rest } = handle
  let proxy = isObject(given) ? given : fieldProxy(group, String(handle.fieldName))
  if (!proxy) return edge
  let [id, field] = [String(proxy.id), String(proxy.field)]
  for (group = inside(group, id); group; group = inside(group, id)) {
    proxy = fieldProxy(group, field)
    if (!proxy) break
    ;[id, field] = [String(proxy.id), String(proxy.field)]
  }
  return withEnd(edge, 'target', id, { ...rest, fieldName: field, id })
}

/** Points an edge out of a group at the inner node and output it stands for. */
function leave(edge: JsonObject, groups: ReadonlyMap<string, Group>): JsonObject {
  let group = groups.get(String(edge.source))
  const handle = group && edgeHandle(edge, 'sourceHandle')
  if (!handle) return edge
  let end = { id: String(edge.source), name: String(handle.name) }
  let isGroupName = handle.dataType === 'GroupNode'
  let dataType: unknown = handle.dataType
  while (group) {
    const proxy = objects(at(group.node, 'data', 'node', 'outputs')).find((output) => output.name === end.name)?.proxy
    if (isObject(proxy) && group.byId.has(proxy.id)) {
      end = { id: String(proxy.id), name: String(proxy.name) }
      isGroupName = true
    } else end = { id: lastOf(group), name: isGroupName ? end.name.slice(end.name.indexOf('_') + 1) : end.name }
    const inner: JsonObject | undefined = group.byId.get(end.id)
    dataType = at(inner, 'data', 'type') ?? dataType
    group = inside(group, end.id)
  }
  return withEnd(edge, 'source', end.id, { ...handle, ...end, dataType })
}

/** The first node that feeds no other in its group. */
function lastOf({ nodes, edges }: Group): string {
  const sources = new Set(edges.map((edge) => edge.source))
  const steps = nodes.filter((node) => node.type !== 'noteNode')
  return String((steps.find((node) => !sources.has(node.id)) ?? steps.at(-1))?.id)
}

function inside(group: Group, id: string): Group | undefined {
  const node = group.byId.get(id)
  return node && isGroup(node) ? group.open(node) : undefined
}

function fieldProxy({ node }: Group, field: string): JsonObject | undefined {
  const proxy = at(node, 'data', 'node', 'template', field, 'proxy')
  return isObject(proxy) ? proxy : undefined
}

function withEnd(edge: JsonObject, end: 'source' | 'target', id: string, handle: JsonObject): JsonObject {
  return { ...edge, [end]: id, data: { ...(isObject(edge.data) ? edge.data : {}), [`${end}Handle`]: handle } }
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (held, key) => (isObject(held) && Object.hasOwn(held, key) ? held[key] : undefined),
    value,
  )
}

const objects = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : [])
