import { isObject, type JsonObject } from '@runnel/protocol/json'

/** Nodes and edges before they are checked: anything may be in them. */
export interface RawGraph {
  readonly nodes: readonly JsonObject[]
  readonly edges: readonly JsonObject[]
}

/**
 * Puts the nodes inside groups in the place of the groups, inner groups first (flow-format.md, section 14).
 * An expanded node carries its group in `parent_node_id`.
 */
export function expandGroups({ nodes, edges }: RawGraph): RawGraph {
  if (!nodes.some(isGroup)) return { nodes, edges }
  let flat: RawGraph = { nodes: nodes.filter((node) => !isGroup(node)), edges }
  for (const group of nodes.filter(isGroup)) flat = expandOne(group, flat)
  return flat
}

function isGroup(node: JsonObject): boolean {
  const inner = at(node, 'data', 'node', 'flow')
  return isObject(inner) && isObject(inner.data)
}

function expandOne(group: JsonObject, outer: RawGraph): RawGraph {
  const groupId = String(group.id)
  const innerData = at(group, 'data', 'node', 'flow', 'data')
  const inner = expandGroups({ nodes: objects(at(innerData, 'nodes')), edges: objects(at(innerData, 'edges')) })
  const innerGroups = new Map(
    objects(at(innerData, 'nodes'))
      .filter(isGroup)
      .map((node) => [String(node.id), node]),
  )
  const frozen = at(group, 'data', 'node', 'frozen') === true
  const proxies = proxiedFields(group)
  const nodes = inner.nodes.map((node) => withGroupFields(node, groupId, frozen, proxies.get(String(node.id))))
  const edges = outer.edges.map((edge) => {
    if (edge.target === groupId) return retarget(edge, innerGroups)
    if (edge.source === groupId) return resource(edge, group, inner)
    return edge
  })
  return { nodes: [...outer.nodes, ...nodes], edges: [...edges, ...inner.edges] }
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

function withGroupFields(
  node: JsonObject,
  groupId: string,
  frozen: boolean,
  fields: ReadonlyMap<string, JsonObject> | undefined,
): JsonObject {
  const data = isObject(node.data) ? node.data : {}
  const described = isObject(data.node) ? data.node : {}
  const template: Record<string, unknown> = { ...(isObject(described.template) ? described.template : {}) }
  for (const [name, outerField] of fields ?? []) {
    const own = template[name]
    const kept = isObject(own) ? { show: own.show, advanced: own.advanced, display_name: own.display_name } : {}
    template[name] = { ...outerField, ...kept }
  }
  return {
    ...node,
    parent_node_id: node.parent_node_id ?? groupId,
    data: { ...data, node: { ...described, template, frozen } },
  }
}

/** Points an edge into the group at the inner node its proxy names, through as many groups as there are. */
function retarget(edge: JsonObject, innerGroups: ReadonlyMap<string, JsonObject>): JsonObject {
  const handle = at(edge, 'data', 'targetHandle')
  if (!isObject(handle) || !isObject(handle.proxy)) return edge
  let { id, field } = { id: String(handle.proxy.id), field: String(handle.proxy.field) }
  for (let group = innerGroups.get(id); group; ) {
    const proxy = at(group, 'data', 'node', 'template', field, 'proxy')
    if (!isObject(proxy)) break
    id = String(proxy.id)
    field = String(proxy.field)
    const next: unknown = at(group, 'data', 'node', 'flow', 'data', 'nodes')
    group = objects(next).find((node) => node.id === id && isGroup(node))
  }
  const { proxy: _, ...rest } = handle
  const targetHandle = { ...rest, fieldName: field, id }
  return { ...edge, target: id, data: { ...(isObject(edge.data) ? edge.data : {}), targetHandle } }
}

/** Points an edge out of the group at the inner node and output it stands for. */
function resource(edge: JsonObject, group: JsonObject, inner: RawGraph): JsonObject {
  const handle = at(edge, 'data', 'sourceHandle')
  if (!isObject(handle)) return edge
  const outputs = objects(at(group, 'data', 'node', 'outputs'))
  const proxy = outputs.find((output) => output.name === handle.name)?.proxy
  const sources = new Set(inner.edges.map((innerEdge) => innerEdge.source))
  const last = inner.nodes.find((node) => !sources.has(node.id)) ?? inner.nodes.at(-1)
  const name = String(handle.name)
  const target =
    isObject(proxy) && inner.nodes.some((node) => node.id === proxy.id)
      ? { id: String(proxy.id), name: String(proxy.name) }
      : { id: String(last?.id), name: handle.dataType === 'GroupNode' ? name.slice(name.indexOf('_') + 1) : name }
  const dataType = at(
    inner.nodes.find((node) => node.id === target.id),
    'data',
    'type',
  )
  const sourceHandle = { ...handle, ...target, dataType: dataType ?? handle.dataType }
  return { ...edge, source: target.id, data: { ...(isObject(edge.data) ? edge.data : {}), sourceHandle } }
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (held, key) => (isObject(held) && Object.hasOwn(held, key) ? held[key] : undefined),
    value,
  )
}

const objects = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : [])
