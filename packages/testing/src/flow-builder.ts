import type { Component, ComponentDescription } from '@runnel/sdk'
import { describeComponent } from '@runnel/sdk'

/** A node to build: its component, or the component with field values and anything else the node should hold. */
export type NodeSpec =
  | Component
  | {
      readonly component: Component
      readonly set?: Readonly<Record<string, unknown>>
      readonly node?: Readonly<Record<string, unknown>>
    }

export interface BuiltFlow {
  readonly nodes: readonly Readonly<Record<string, unknown> & { readonly id: string }>[]
  readonly edges: readonly Readonly<Record<string, unknown>>[]
  readonly viewport: { readonly x: number; readonly y: number; readonly zoom: number }
}

/**
 * Builds a flow's data as the editor would save it. Keys become node ids `TYPE-key`; an edge is written
 * `'ask.message -> model.input_value'`, a feedback into a loop `'body.out => loop.item'`.
 */
export function flow(specs: Readonly<Record<string, NodeSpec>>, edges: readonly string[] = []): BuiltFlow {
  const built = new Map(Object.entries(specs).map(([key, spec]) => [key, buildNode(key, spec)]))
  return {
    nodes: [...built.values()].map(({ json }) => json),
    edges: edges.map((text) => buildEdge(text, built)),
    viewport: { x: 0, y: 0, zoom: 1 },
  }
}

interface BuiltNode {
  readonly id: string
  readonly type: string
  readonly description: ComponentDescription
  readonly json: Readonly<Record<string, unknown> & { readonly id: string }>
}

function buildNode(key: string, spec: NodeSpec): BuiltNode {
  const { component, set = {}, node = {} } = 'component' in spec ? spec : { component: spec }
  const description = describeComponent(component)
  const id = `${component.type}-${key}`
  const added = Object.keys(set).filter((name) => !Object.hasOwn(description.template, name))
  const template = {
    ...description.template,
    ...Object.fromEntries(added.map((name) => [name, variableField(name)])),
  }
  const filled = Object.fromEntries(
    Object.entries(template).map(([name, entry]) => [
      name,
      Object.hasOwn(set, name) && typeof entry === 'object'
        ? { ...entry, value: set[name], load_from_db: false }
        : entry,
    ]),
  )
  const json = {
    id,
    type: 'genericNode',
    position: { x: 0, y: 0 },
    data: { id, type: component.type, node: { ...description, template: filled, ...node } },
  }
  return { id, type: component.type, description, json }
}

/** A field as the editor makes one for a variable of a prompt. */
function variableField(name: string) {
  return {
    name,
    display_name: name,
    type: 'str',
    field_type: 'str',
    value: '',
    show: true,
    list: false,
    required: false,
    input_types: ['Message'],
    load_from_db: false,
  }
}

function buildEdge(text: string, nodes: ReadonlyMap<string, BuiltNode>): Readonly<Record<string, unknown>> {
  const match = /^(\w+)\.([\w$]+) ([-=])> (\w+)\.(\w+)$/.exec(text)
  const [, from = '', output = '', kind, to = '', field = ''] = match ?? []
  const source = nodes.get(from)
  const target = nodes.get(to)
  if (!source || !target) throw new Error(`Cannot build the edge "${text}"`)
  const types = (name: string, of: BuiltNode) =>
    of.description.outputs.find((entry) => entry.name === name)?.types ?? []
  const sourceHandle = { dataType: source.type, id: source.id, name: output, output_types: types(output, source) }
  const accepting = target.description.template[field] as { input_types?: unknown; type?: string } | undefined
  const targetHandle =
    kind === '='
      ? { dataType: target.type, id: target.id, name: field, output_types: types(field, target) }
      : {
          fieldName: field,
          id: target.id,
          inputTypes: accepting?.input_types ?? ['Message'],
          type: accepting?.type ?? 'str',
        }
  return {
    id: `edge-${text}`,
    source: source.id,
    target: target.id,
    data: { sourceHandle, targetHandle },
    sourceHandle: quoted(sourceHandle),
    targetHandle: quoted(targetHandle),
  }
}

const quoted = (handle: Readonly<Record<string, unknown>>) =>
  JSON.stringify(Object.fromEntries(Object.entries(handle).sort(([a], [b]) => (a < b ? -1 : 1)))).replaceAll('"', 'œ')
