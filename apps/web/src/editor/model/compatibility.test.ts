import { expect, test } from 'vitest'
import { connect } from '../commands/connect.ts'
import { handlesFit, refusalOf, replacedBy } from './compatibility.ts'
import { type ComponentNode, emptyDocument, type FlowDocument, type FlowNode } from './flow-document.ts'

const step: ComponentNode = {
  display_name: 'Step',
  description: '',
  template: {
    one: { type: 'str', input_types: ['Message'] },
    many: { type: 'other', input_types: ['Message'], list: true },
  },
  outputs: [{ name: 'out', types: ['Message'], selected: 'Message' }],
}
const loop: ComponentNode = {
  ...step,
  display_name: 'Loop',
  outputs: [{ name: 'item', types: ['Message'], selected: 'Message', allows_loop: true, loop_types: ['Data'] }],
}
const node = (id: string, component: ComponentNode): FlowNode => ({
  id,
  type: 'genericNode',
  position: { x: 0, y: 0 },
  data: { id, type: component.display_name, node: component },
})
const edge = (source: string, target: string, into = 'in:one', from = 'out:out') => ({
  source,
  sourceHandle: from,
  target,
  targetHandle: into,
})
const document: FlowDocument = {
  ...emptyDocument,
  nodes: [node('a', step), node('b', step), node('c', step), node('loop', loop)],
}
const withEdges = (...edges: readonly ReturnType<typeof edge>[]): FlowDocument =>
  edges.reduce((drawn, one) => connect.apply(drawn, one), document)

const source = (output_types: readonly string[], dataType = 'Step') => ({
  id: 'a',
  name: 'out',
  dataType,
  output_types,
})
const field = (inputTypes: readonly string[] | null, type = 'other') => ({
  id: 'b',
  fieldName: 'one',
  inputTypes,
  type,
})

test.each([
  ['a type the field accepts', source(['Data', 'Message']), field(['Message']), true],
  ['the type of the field itself', source(['Embeddings']), field(null, 'Embeddings'), true],
  ['the name of the component, where a field accepts that', source(['Tool'], 'Agent'), field(['Agent']), true],
  ['a newer name of the same type', source(['JSON']), field(['Data']), true],
  ['types that have nothing in common', source(['Data']), field(['Message'], 'str'), false],
])('an edge fits by %s', (_, from, to, fits) => {
  expect(handlesFit(from, to)).toBe(fits)
})

test('what comes back into a loop must be of a type of its output', () => {
  const back = (into: string, from: string) => refusalOf(document, edge(from, 'loop', into))
  expect(back('loop:item', 'a')).toBeUndefined()
  const data = { ...step, outputs: [{ name: 'out', types: ['Tool'], selected: 'Tool' }] }
  const others = { ...document, nodes: [...document.nodes, node('tool', data)] }
  expect(refusalOf(others, edge('tool', 'loop', 'loop:item'))).toBe('types')
})

test('a circle is refused unless it closes through a loop', () => {
  const chain = withEdges(edge('loop', 'a', 'in:one', 'out:item'), edge('a', 'b'), edge('b', 'c'))
  expect(refusalOf(chain, edge('c', 'a', 'in:many'))).toBe('cycle')
  expect(refusalOf(chain, edge('c', 'loop', 'in:many'))).toBe('cycle')
  expect(refusalOf(chain, edge('c', 'loop', 'loop:item'))).toBeUndefined()
  // The way back through the loop makes no circle of what lies in it.
  const closed = connect.apply(chain, edge('c', 'loop', 'loop:item'))
  expect(refusalOf(closed, edge('a', 'c', 'in:many'))).toBeUndefined()
  expect(refusalOf(chain, edge('a', 'a'))).toBe('sameNode')
  expect(refusalOf(chain, edge('a', 'b', 'in:gone'))).toBe('noHandle')
})

test('a field of one edge gives the one it has for another, a list takes both', () => {
  const taken = withEdges(edge('a', 'c'), edge('a', 'c', 'in:many'))
  expect(replacedBy(taken, edge('b', 'c'))?.source).toBe('a')
  expect(replacedBy(taken, edge('a', 'c'))).toBeUndefined()
  expect(replacedBy(taken, edge('b', 'c', 'in:many'))).toBeUndefined()
  expect(connect.apply(taken, edge('b', 'c')).edges.map(({ source }) => source)).toEqual(['a', 'b'])
  expect(connect.apply(taken, edge('b', 'c', 'in:many')).edges).toHaveLength(3)
})
