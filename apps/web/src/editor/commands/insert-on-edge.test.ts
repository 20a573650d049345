import { expect, test } from 'vitest'
import type { FlowDocument, FlowNode, TemplateField } from '../model/flow-document.ts'
import { canvasHandles, fieldHandle, makeEdge, sourceHandle } from '../model/handles.ts'
import { insertOnEdge } from './insert-on-edge.ts'

const OUTPUT = { name: 'out', types: ['Message'], selected: 'Message' }
const text = (more: Partial<TemplateField> = {}): TemplateField => ({
  type: 'str',
  input_types: ['Message'],
  show: true,
  ...more,
})
const node = (id: string, template: Readonly<Record<string, TemplateField>>): FlowNode => ({
  id,
  type: 'genericNode',
  position: { x: 0, y: 0 },
  data: { id, type: 'Step', node: { display_name: id, description: '', template, outputs: [OUTPUT] } },
})

const [first, last] = [node('first', {}), node('last', { into: text() })]
const edge = makeEdge(sourceHandle(first, OUTPUT), fieldHandle(last, 'into', text()))
const document: FlowDocument = { nodes: [first, last], edges: [edge] }
const joined = ({ edges }: FlowDocument) =>
  edges.map((one) => `${one.source} ${canvasHandles(one).source} > ${one.target} ${canvasHandles(one).target}`)

test('a node splits the edge it fits into, by a field that is seen', () => {
  const between = node('between', { hidden: text({ show: false }), inside: text({ advanced: true }), seen: text() })
  expect(joined(insertOnEdge.apply(document, { node: between, edgeId: edge.id }))).toEqual([
    'first out:out > between in:seen',
    'between out:out > last in:into',
  ])
})

test('an edge is left alone by a node that has no place for it', () => {
  const other = node('other', { inside: text({ advanced: true }) })
  expect(insertOnEdge.apply(document, { node: other, edgeId: edge.id })).toBe(document)
})
