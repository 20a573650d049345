import type { JsonObject } from '@runnel/protocol/json'
import { describe, expect, test } from 'vitest'
import { expandGroups } from './expand-groups.ts'
import { printHandle } from './handle-codec.ts'

type Template = Readonly<Record<string, unknown>>

const node = (id: string, template: Template = {}, rest: JsonObject = {}): JsonObject => ({
  id,
  type: 'genericNode',
  data: { id, type: id.split('-')[0], node: { template, ...rest } },
})
const note = (id: string): JsonObject => ({ id, type: 'noteNode', data: { id, type: 'note', node: {} } })
const edge = (source: string, name: string, target: string, fieldName: string, proxy?: JsonObject): JsonObject => ({
  source,
  target,
  data: {
    sourceHandle: { dataType: source.split('-')[0], id: source, name, output_types: ['Message'] },
    targetHandle: { fieldName, id: target, inputTypes: ['Message'], type: 'str', ...(proxy && { proxy }) },
  },
})
const group = (
  id: string,
  {
    nodes,
    edges = [],
    template = {},
    outputs = [],
    frozen = false,
  }: {
    nodes: readonly JsonObject[]
    edges?: readonly JsonObject[]
    template?: Template
    outputs?: readonly JsonObject[]
    frozen?: boolean
  },
): JsonObject => ({
  id,
  type: 'genericNode',
  data: { id, type: 'GroupNode', node: { template, outputs, frozen, flow: { data: { nodes, edges } } } },
})

/** `source.output -> target.field` of every edge, by its handles. */
const wires = (edges: readonly JsonObject[]) =>
  edges.map(({ source, target, data }) => {
    const { sourceHandle, targetHandle } = data as Record<'sourceHandle' | 'targetHandle', JsonObject>
    expect([sourceHandle.id, targetHandle.id]).toEqual([source, target])
    return `${source}.${sourceHandle.name} -> ${target}.${targetHandle.fieldName}`
  })
interface Described {
  readonly template: Readonly<Record<string, JsonObject>>
  readonly frozen?: boolean
}
function inside(nodes: readonly JsonObject[], id: string): Described {
  const found = nodes.find((one) => one.id === id)
  if (!found) throw new Error(`No node ${id}`)
  return (found.data as { readonly node: Described }).node
}

test('leaves a flow without groups as it is', () => {
  const nodes = [node('A-1'), note('note-1')]
  expect(expandGroups({ nodes, edges: [] })).toEqual({ nodes, edges: [] })
})

describe('a group', () => {
  const inner = [
    node('A-1', { text: { type: 'str', value: 'old', show: true, advanced: true, display_name: 'Text' } }),
    node('B-1'),
  ]
  const text = {
    type: 'str',
    value: 'new',
    show: false,
    advanced: false,
    display_name: 'Renamed',
    proxy: { id: 'A-1', field: 'text' },
  }
  const simple = group('groupComponent-1', {
    nodes: inner,
    edges: [edge('A-1', 'out', 'B-1', 'input')],
    template: { 'text_A-1': text },
    outputs: [{ name: 'B-1_out', proxy: { id: 'B-1', name: 'out' } }],
    frozen: true,
  })
  const drawnIn = edge('X-1', 'out', 'groupComponent-1', 'text_A-1', { id: 'A-1', field: 'text' })
  const drawnOut = edge('groupComponent-1', 'B-1_out', 'Y-1', 'input')

  test('gives place to its nodes and edges', () => {
    const flat = expandGroups({ nodes: [node('X-1'), simple, node('Y-1')], edges: [drawnIn, drawnOut] })
    expect(flat.nodes.map(({ id, parent_node_id }) => [id, parent_node_id])).toEqual([
      ['X-1', undefined],
      ['Y-1', undefined],
      ['A-1', 'groupComponent-1'],
      ['B-1', 'groupComponent-1'],
    ])
    expect(wires(flat.edges)).toEqual(['X-1.out -> A-1.text', 'B-1.out -> Y-1.input', 'A-1.out -> B-1.input'])
  })

  test('gives its values and its freezing to the nodes, which keep how they look', () => {
    const { nodes } = expandGroups({ nodes: [simple], edges: [] })
    expect(inside(nodes, 'A-1')).toEqual({
      template: { text: { type: 'str', value: 'new', show: true, advanced: true, display_name: 'Text' } },
      frozen: true,
    })
    expect(inside(nodes, 'B-1').frozen).toBe(true)
  })

  test('is entered by a handle without a proxy, and by one that is only text', () => {
    const { data: _, ...bare } = edge('X-1', 'out', 'groupComponent-1', 'text_A-1')
    const asText = {
      ...bare,
      sourceHandle: printHandle({ dataType: 'X', id: 'X-1', name: 'out' }),
      targetHandle: printHandle({ fieldName: 'text_A-1', id: 'groupComponent-1', type: 'str' }),
    }
    const flat = expandGroups({
      nodes: [node('X-1'), simple],
      edges: [edge('X-1', 'out', 'groupComponent-1', 'text_A-1'), asText],
    })
    expect(flat.edges.slice(0, 2).map(({ target }) => target)).toEqual(['A-1', 'A-1'])
  })

  test('is left by an edge from before it was made: the last node, its own output name', () => {
    const old = edge('groupComponent-1', 'out', 'Y-1', 'input')
    const before = {
      ...old,
      data: { ...(old.data as object), sourceHandle: { dataType: 'B', id: 'groupComponent-1', name: 'out' } },
    }
    expect(wires(expandGroups({ nodes: [simple, node('Y-1')], edges: [before] }).edges)[0]).toBe('B-1.out -> Y-1.input')
  })

  test('is left by a name no output has: the last node that is no note', () => {
    const named = edge('groupComponent-1', 'B-1_text_output', 'Y-1', 'input')
    const drawn = {
      ...named,
      data: {
        ...(named.data as object),
        sourceHandle: { dataType: 'GroupNode', id: 'groupComponent-1', name: 'B-1_text_output' },
      },
    }
    const withNote = group('groupComponent-1', {
      nodes: [note('note-1'), ...inner],
      edges: [edge('A-1', 'out', 'B-1', 'input')],
    })
    expect(wires(expandGroups({ nodes: [withNote, node('Y-1')], edges: [drawn] }).edges)[0]).toBe(
      'B-1.text_output -> Y-1.input',
    )
  })

  test('may feed another group', () => {
    const second = group('groupComponent-2', {
      nodes: [node('C-1')],
      template: { 'text_C-1': { type: 'str', proxy: { id: 'C-1', field: 'text' } } },
    })
    const between = edge('groupComponent-1', 'B-1_out', 'groupComponent-2', 'text_C-1', { id: 'C-1', field: 'text' })
    expect(wires(expandGroups({ nodes: [simple, second], edges: [between] }).edges)[0]).toBe('B-1.out -> C-1.text')
  })

  test('keeps ids that occur twice, so that the check of the graph sees them', () => {
    const doubled = group('groupComponent-1', { nodes: [node('A-1'), node('A-1')] })
    expect(expandGroups({ nodes: [doubled], edges: [] }).nodes.map(({ id }) => id)).toEqual(['A-1', 'A-1'])
  })

  test('takes fields called __proto__ for fields', () => {
    const template = JSON.parse('{"a":{"type":"str","value":1,"proxy":{"id":"A-1","field":"__proto__"}}}')
    const { nodes } = expandGroups({
      nodes: [group('groupComponent-1', { nodes: [node('A-1')], template })],
      edges: [],
    })
    expect(Object.keys(inside(nodes, 'A-1').template)).toEqual(['__proto__'])
    expect(Object.getPrototypeOf(inside(nodes, 'A-1').template)).toBe(Object.prototype)
  })
})

describe('a group in a group', () => {
  const nested = group('inner-1', {
    nodes: [node('A-1', { text: { type: 'str', value: 'a', show: true } }), node('B-1')],
    edges: [edge('A-1', 'out', 'B-1', 'input')],
    template: { 'text_A-1': { type: 'str', value: 'b', show: true, proxy: { id: 'A-1', field: 'text' } } },
    outputs: [{ name: 'B-1_text_output', proxy: { id: 'B-1', name: 'text_output' } }],
  })
  const outer = group('outer-1', {
    nodes: [node('Z-1'), nested],
    edges: [edge('Z-1', 'out', 'inner-1', 'text_A-1', { id: 'A-1', field: 'text' })],
    template: {
      'text_A-1_inner-1': { type: 'str', value: 'c', show: true, proxy: { id: 'inner-1', field: 'text_A-1' } },
    },
    outputs: [{ name: 'inner-1_B-1_text_output', proxy: { id: 'inner-1', name: 'B-1_text_output' } }],
  })
  const flat = expandGroups({
    nodes: [node('X-1'), outer, node('Y-1')],
    edges: [
      edge('X-1', 'out', 'outer-1', 'text_A-1_inner-1', { id: 'inner-1', field: 'text_A-1' }),
      edge('outer-1', 'inner-1_B-1_text_output', 'Y-1', 'input'),
    ],
  })

  test('is expanded with it, and its nodes name the outer one', () => {
    expect(flat.nodes.map(({ id, parent_node_id }) => [id, parent_node_id])).toEqual([
      ['X-1', undefined],
      ['Y-1', undefined],
      ['Z-1', 'outer-1'],
      ['A-1', 'outer-1'],
      ['B-1', 'outer-1'],
    ])
  })

  test('is passed through by edges', () => {
    expect(wires(flat.edges)).toEqual([
      'X-1.out -> A-1.text',
      'B-1.text_output -> Y-1.input',
      'Z-1.out -> A-1.text',
      'A-1.out -> B-1.input',
    ])
  })

  test('passes on the value of the outer group', () => {
    expect(inside(flat.nodes, 'A-1').template.text).toEqual({ type: 'str', value: 'c', show: true })
  })

  test('may stand ten thousand deep', () => {
    let held: JsonObject = node('A-1')
    for (let depth = 0; depth < 10_000; depth++) held = group(`g-${depth}`, { nodes: [held] })
    expect(expandGroups({ nodes: [held], edges: [] }).nodes.map(({ id }) => id)).toEqual(['A-1'])
  })
})

test('expands two thousand groups with as many edges', () => {
  const groups = Array.from({ length: 2_000 }, (_, i) =>
    group(`g-${i}`, {
      nodes: [node(`A-${i}`)],
      template: { [`text_A-${i}`]: { type: 'str', proxy: { id: `A-${i}`, field: 'text' } } },
      outputs: [{ name: `A-${i}_out`, proxy: { id: `A-${i}`, name: 'out' } }],
    }),
  )
  const edges = Array.from({ length: 1_999 }, (_, i) => edge(`g-${i}`, `A-${i}_out`, `g-${i + 1}`, `text_A-${i + 1}`))
  const flat = expandGroups({ nodes: groups, edges })
  expect(wires(flat.edges)[1_998]).toBe('A-1998.out -> A-1999.text')
})
