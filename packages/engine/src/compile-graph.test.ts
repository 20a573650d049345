import type { JsonObject } from '@runnel/protocol/json'
import { defineComponent, field, message } from '@runnel/sdk'
import { flow } from '@runnel/testing/flow-builder'
import { describe, expect, test } from 'vitest'
import { compileGraph } from './compile-graph.ts'
import { createRegistry } from './registry.ts'
import { testGraph } from './test-run.ts'

const step = defineComponent({
  type: 'Step',
  displayName: 'A Step',
  description: 'Does a thing.',
  icon: 'Box',
  category: 'toys',
  inputs: {
    text: field.text({ label: 'Text' }),
    texts: field.text({ label: 'Texts', list: true }),
    secret: field.string({ label: 'Plain', default: 'mine' }),
  },
  outputs: {
    out: { type: 'Message', label: 'Out', method: 'build_out', run: ({ inputs }) => message(inputs.text) },
    other: { type: 'Message', label: 'Other', method: 'build_other', run: () => message('other') },
  },
})
const router = defineComponent({ ...step, type: 'Router', routes: true } as never)
const loop = defineComponent({
  ...step,
  type: 'Loop',
  outputs: { item: { type: 'Message', label: 'Item', method: 'item', loop: ['Message'], run: () => message('') } },
} as never)
const registry = createRegistry([step, router, loop])
const empty = createRegistry([])

const invalid = (message: RegExp) =>
  expect.objectContaining({ code: 'flow_invalid', message: expect.stringMatching(message) })
const bare = (id: unknown, rest: JsonObject = {}): JsonObject => ({
  id,
  type: 'genericNode',
  data: { type: 'Step', node: {}, ...rest },
})
const wire = (source: string, target: string, fieldName = 'text', name = 'out'): JsonObject => ({
  source,
  target,
  data: { sourceHandle: { name, id: source }, targetHandle: { fieldName, id: target } },
})

describe('a graph', () => {
  test('has a node for each node but notes, and an edge for each edge', () => {
    const data = flow({ a: step, b: step, c: step }, ['a.out -> b.text', 'b.out -> c.texts', 'a.out -> c.texts'])
    const note = { id: 'note-1', type: 'noteNode', data: { node: {} } }
    const oddNote = { id: 'undefined-2', type: 'genericNode', data: { type: 'note', node: {} } }
    const graph = compileGraph({ ...data, nodes: [note, ...data.nodes, oddNote] }, registry)
    expect(graph.nodes.map(({ index, id }) => [index, id])).toEqual([
      [0, 'Step-a'],
      [1, 'Step-b'],
      [2, 'Step-c'],
    ])
    expect(graph.edges).toEqual([
      { source: 0, target: 1, output: 'out', field: 'text', feedback: undefined },
      { source: 1, target: 2, output: 'out', field: 'texts', feedback: undefined },
      { source: 0, target: 2, output: 'out', field: 'texts', feedback: undefined },
    ])
    expect(graph.nodes[2]?.fields.find(({ name }) => name === 'texts')?.edges).toEqual([1, 2])
    expect(graph.nodes.map(({ incoming, outgoing }) => [incoming, outgoing])).toEqual([
      [[], [0, 2]],
      [[0], [1]],
      [[1, 2], []],
    ])
    expect(graph.warnings).toEqual([])
  })

  test('may be empty', () => {
    expect(compileGraph({ nodes: [], edges: [] }, registry).nodes).toEqual([])
  })

  test('takes title, description and icon from the file, else from the component', () => {
    const own = { display_name: 'Mine', description: 'My own', icon: 'Star' }
    const { nodes } = compileGraph(
      { nodes: [bare('Step-1', { node: own }), bare('Step-2', { node: { display_name: '' } })], edges: [] },
      registry,
    )
    expect(nodes.map(({ displayName, description, icon }) => [displayName, description, icon])).toEqual([
      ['Mine', 'My own', 'Star'],
      ['A Step', 'Does a thing.', 'Box'],
    ])
  })

  test('reads the type of a node from its data, else from its id', () => {
    const { nodes } = compileGraph(
      { nodes: [bare('X-1'), { id: 'Step-2' }, { id: 'Step-3', data: { type: '' } }], edges: [] },
      registry,
    )
    expect(nodes.map(({ type, component }) => [type, component])).toEqual([
      ['Step', step],
      ['Step', step],
      ['Step', step],
    ])
  })

  test('keeps nodes of unknown types', () => {
    const [node] = compileGraph(flow({ a: step }), empty).nodes
    expect(node).toMatchObject({ type: 'Step', component: undefined, displayName: 'A Step', outputs: [] })
  })

  test('has the fields of the component and of the file, not the code', () => {
    const template = {
      _type: 'Component',
      is_refresh: false,
      _frontend_node_flow_id: { value: 'x' },
      code: { type: 'code', value: 'import os', show: true },
      tools_metadata: { type: 'tools', value: [] },
      added: { type: 'str', value: 'a', show: true },
    }
    const [node] = compileGraph({ nodes: [bare('Step-1', { node: { template } })], edges: [] }, registry).nodes
    expect(node?.fields.map(({ name }) => name)).toEqual(['text', 'texts', 'secret', 'added'])
    expect(node?.toolRows).toEqual([])
    expect(node?.fields.find(({ name }) => name === 'secret')?.literal).toBe('mine')
  })

  test('knows which nodes stand next to a chat output', () => {
    const chat = defineComponent({ ...step, type: 'ChatOutput', role: 'output' } as never)
    const { nodes } = testGraph(
      [step, chat],
      flow({ a: step, b: step, c: chat }, ['a.out -> b.text', 'b.out -> c.text']),
    )
    expect(nodes.map(({ isNextToChatOutput, role }) => [isNextToChatOutput, role])).toEqual([
      [false, null],
      [true, null],
      [false, 'output'],
    ])
  })

  test('takes roles from the file before those of the component', () => {
    const { nodes } = compileGraph(
      { nodes: [bare('A-1', { node: { is_input: true } }), bare('B-1', { node: { is_output: true } })], edges: [] },
      registry,
    )
    expect(nodes.map(({ role }) => role)).toEqual(['input', 'output'])
  })
})

describe('the outputs of a node', () => {
  const outputsOf = (data: JsonObject) =>
    compileGraph(data, registry).nodes[0]?.outputs.map(({ name, output }) => [name, output?.method])
  const nodes = [bare('Step-1'), bare('Step-2')]

  test('are all of the component, in its order, when no edge leaves', () => {
    expect(outputsOf({ nodes, edges: [] })).toEqual([
      ['out', 'build_out'],
      ['other', 'build_other'],
    ])
  })

  test('are those that edges leave by', () => {
    expect(outputsOf({ nodes, edges: [wire('Step-1', 'Step-2', 'text', 'other')] })).toEqual([['other', 'build_other']])
    const both = [wire('Step-1', 'Step-2', 'text', 'other'), wire('Step-1', 'Step-2', 'texts', 'out')]
    expect(outputsOf({ nodes, edges: both })).toEqual([
      ['out', 'build_out'],
      ['other', 'build_other'],
    ])
  })

  test('are found by the method the file names when they were renamed', () => {
    const renamed = bare('Step-1', {
      node: {
        outputs: [
          { name: 'old', method: 'build_other' },
          { name: 'gone', method: 'x' },
        ],
      },
    })
    expect(outputsOf({ nodes: [renamed, nodes[1]], edges: [wire('Step-1', 'Step-2', 'text', 'old')] })).toEqual([
      ['old', 'build_other'],
    ])
    expect(outputsOf({ nodes: [renamed, nodes[1]], edges: [wire('Step-1', 'Step-2', 'text', 'gone')] })).toEqual([
      ['gone', undefined],
    ])
    expect(outputsOf({ nodes: [renamed], edges: [] })).toEqual([
      ['out', 'build_out'],
      ['other', 'build_other'],
      ['old', 'build_other'],
    ])
  })

  test('of a node in tool mode are its tools alone', () => {
    const outputs = [{ name: 'component_as_tool', method: 'to_toolkit' }]
    const [node] = compileGraph(
      { nodes: [bare('Step-1', { node: { tool_mode: true, outputs } })], edges: [] },
      registry,
    ).nodes
    expect(node?.outputs).toEqual([{ name: 'component_as_tool', output: undefined, isToolset: true, filter: '' }])
  })

  test('of an edge before 1.0 are found by their types, else the first', () => {
    const outputs = [
      { name: 'out', types: ['Data'] },
      { name: 'other', types: ['Text'] },
    ]
    const old = (baseClasses: readonly string[]) => ({
      nodes: [bare('Step-1', { node: { outputs } }), nodes[1]],
      edges: [
        {
          source: 'Step-1',
          target: 'Step-2',
          data: { sourceHandle: { baseClasses }, targetHandle: { fieldName: 'text' } },
        },
      ],
    })
    expect(outputsOf(old(['Text']))).toEqual([['other', 'build_other']])
    expect(outputsOf(old(['Message']))).toEqual([['other', 'build_other']])
    expect(outputsOf(old(['Nothing']))).toEqual([['out', 'build_out']])
  })

  test('of an edge before 1.0 are those of the component when the file lists none', () => {
    const targetHandle = { fieldName: 'text' }
    const edges = [
      { source: 'Step-1', target: 'Step-2', data: { sourceHandle: { baseClasses: ['Text'] }, targetHandle } },
    ]
    expect(outputsOf({ nodes, edges })).toEqual([['out', 'build_out']])
  })
})

describe('a flow that cannot run', () => {
  test.each<readonly [string, unknown, RegExp]>([
    ['has no graph', null, /no graph/],
    ['has no nodes', { edges: [] }, /needs "nodes" and "edges"/],
    ['has an object for edges', { nodes: [], edges: {} }, /needs "nodes" and "edges"/],
    ['has a doubled id', { nodes: [bare('A-1'), bare('A-1')], edges: [] }, /The node id A-1 is used twice/],
    ['has a node without an id', { nodes: [bare('A-1'), bare(undefined)], edges: [] }, /Node number 2 has no id/],
    ['has an id that is a number', { nodes: [bare(7)], edges: [] }, /Node number 1 has no id/],
    ['has an edge to nowhere', { nodes: [bare('A-1')], edges: [wire('A-1', 'B-1')] }, /Vertex B-1 not found/],
    [
      'has a node with an edge to itself',
      { nodes: [bare('A-1')], edges: [wire('A-1', 'A-1')] },
      /A Step \(A-1\) has an edge to itself/,
    ],
    [
      'has a cycle that nothing ends',
      {
        nodes: [bare('A-1'), bare('B-1'), bare('C-1')],
        edges: [wire('A-1', 'B-1'), wire('B-1', 'C-1'), wire('C-1', 'A-1')],
      },
      /cycle that nothing can end: A Step \(A-1\), A Step \(B-1\), A Step \(C-1\)/,
    ],
    [
      'has a cycle beside one that ends',
      {
        nodes: [bare('A-1'), bare('B-1', { type: 'Router' }), bare('C-1'), bare('D-1')],
        edges: [
          wire('A-1', 'B-1'),
          wire('B-1', 'A-1'),
          wire('B-1', 'C-1', 'texts'),
          wire('C-1', 'D-1'),
          wire('D-1', 'C-1'),
        ],
      },
      /cycle that nothing can end: A Step \(C-1\), A Step \(D-1\)/,
    ],
  ])('%s', (_, data, message) => {
    expect(() => compileGraph(data, registry)).toThrow(invalid(message))
  })

  test('names doubled ids inside of a group', () => {
    const inside = { data: { nodes: [bare('A-1')], edges: [] } }
    const group = bare('G-1', { type: 'GroupNode', node: { flow: inside } })
    expect(() => compileGraph({ nodes: [bare('A-1'), group], edges: [] }, registry)).toThrow(
      invalid(/A-1 is used twice/),
    )
  })
})

describe('a cycle', () => {
  const around = (type: string) => ({
    nodes: [bare('A-1'), bare('B-1', { type })],
    edges: [wire('A-1', 'B-1'), wire('B-1', 'A-1')],
  })
  test('may pass a router, a loop or a node of an unknown type', () => {
    for (const type of ['Router', 'Loop', 'Unknown']) {
      const { topology } = compileGraph(around(type), registry)
      expect(topology.cycle[0]).toBe(topology.cycle[1])
      expect(topology.cycle[0]).not.toBe(-1)
    }
  })

  test('into which leads what does not come from its loop is incomplete', () => {
    const back = (source: string): JsonObject => ({
      source,
      target: 'L-1',
      data: {
        sourceHandle: { name: 'out', id: source },
        targetHandle: { id: 'L-1', name: 'item', output_types: ['Message'] },
      },
    })
    const nodes = [bare('A-1'), bare('L-1', { type: 'Loop' }), bare('B-1')]
    const body = wire('L-1', 'B-1')
    expect(() => compileGraph({ nodes, edges: [body, back('B-1')] }, registry)).not.toThrow()
    const beside = { nodes, edges: [body, back('B-1'), back('A-1')] }
    expect(() => compileGraph(beside, registry)).toThrow(
      invalid(/Incomplete loop: what comes back into A Step \(L-1\)/),
    )
    expect(() => compileGraph({ nodes, edges: [body, back('A-1')] }, registry)).toThrow(invalid(/Incomplete loop/))
  })
})

describe('names that every object has', () => {
  const hostile = JSON.parse(`{
    "nodes": [
      {"id": "__proto__", "data": {"type": "__proto__", "node": {"template": {"__proto__": {"type": "str", "value": "x", "show": true}}}}},
      {"id": "constructor", "data": {"type": "constructor", "node": {"template": {"toString": {"type": "str", "value": "y", "show": true}}}}},
      {"id": "Step-1", "__proto__": {"polluted": true}, "data": {"type": "Step", "node": {"outputs": [{"name": "__proto__", "method": "build_out"}]}}}
    ],
    "edges": [
      {"source": "Step-1", "target": "constructor", "data": {"sourceHandle": {"name": "__proto__"}, "targetHandle": {"fieldName": "hasOwnProperty"}}}
    ]
  }`)
  test('are only names', () => {
    const { nodes, indexById } = compileGraph(hostile, registry)
    expect([...indexById.keys()]).toEqual(['__proto__', 'constructor', 'Step-1'])
    expect(nodes.map(({ component }) => component)).toEqual([undefined, undefined, step])
    expect(nodes.map(({ fields }) => fields.map(({ name, literal }) => [name, literal]))).toEqual([
      [['__proto__', 'x']],
      [
        ['toString', 'y'],
        ['hasOwnProperty', undefined],
      ],
      [
        ['text', ''],
        ['texts', []],
        ['secret', 'mine'],
      ],
    ])
    expect(nodes[2]?.outputs.map(({ name, output }) => [name, output?.method])).toEqual([['__proto__', 'build_out']])
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })
})

describe('a large flow', () => {
  const chain = (size: number) => ({
    nodes: Array.from({ length: size }, (_, i) => bare(`Step-${i}`)),
    edges: Array.from({ length: size - 1 }, (_, i) => wire(`Step-${i}`, `Step-${i + 1}`)),
  })
  test('of more than 5 000 nodes is refused', () => {
    for (const size of [5_001, 100_000]) {
      const data = chain(size)
      expect(() => compileGraph(data, registry)).toThrow(invalid(new RegExp(`has ${size} nodes; at most 5000`)))
    }
  })

  test('in a group counts as well', () => {
    const group = bare('G-1', { type: 'GroupNode', node: { flow: { data: chain(5_001) } } })
    expect(() => compileGraph({ nodes: [group], edges: [] }, registry)).toThrow(invalid(/has 5001 nodes/))
  })

  test('of 5 000 nodes compiles in every shape', () => {
    const { nodes, edges } = chain(5_000)
    const fan = nodes.slice(1).map(({ id }) => wire('Step-0', String(id)))
    const funnel = nodes.slice(1).map(({ id }) => wire(String(id), 'Step-0', 'texts'))
    const cycle = [...edges, wire('Step-4999', 'Step-0')]
    const ring = [bare('Step-0', { type: 'Router' }), ...nodes.slice(1)]
    for (const data of [
      { nodes, edges },
      { nodes, edges: fan },
      { nodes, edges: funnel },
      { nodes: ring, edges: cycle },
    ]) {
      expect(compileGraph(data, registry).nodes).toHaveLength(5_000)
    }
  })
})

test('an output that only the file has is the one its component makes of the name', () => {
  const named = { ...step, outputNamed: (name: string) => (name.startsWith('case_') ? step.outputs.other : undefined) }
  const built = flow({ a: named, b: step }, ['a.case_1 -> b.text'])
  const [first] = testGraph([named], built).nodes
  expect(first?.outputs).toMatchObject([{ name: 'case_1', output: { method: 'build_other' } }])
})
