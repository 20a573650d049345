import { expect, test } from 'vitest'
import type { FlowDocument, FlowNode, NodeOutput } from '../model/flow-document.ts'
import { partnerHandle, scoreOf, typeFor } from './search-components.ts'

const node = (id: string, outputs: readonly NodeOutput[], accepts: readonly string[] = []): FlowNode => ({
  id,
  type: 'genericNode',
  position: { x: 0, y: 0 },
  data: {
    id,
    type: 'Step',
    node: {
      display_name: id,
      description: '',
      template: { into: { type: 'other', input_types: accepts, show: true } },
      outputs,
    },
  },
})
const target = { id: 't', fieldName: 'into', inputTypes: ['DataFrame'], type: 'other' }

test('an output that can be set to a type that fits is a partner, and its chosen type is kept where it does', () => {
  const output: NodeOutput = { name: 'out', types: ['Message', 'DataFrame'], selected: 'Message' }
  const given = node('g', [{ name: 'no', types: ['Embeddings'] }, output])
  const document: FlowDocument = { nodes: [node('t', [], ['DataFrame'])], edges: [] }
  expect(partnerHandle(document, { nodeId: 't', handle: 'in:into' }, given.data.node, 'Step')).toBe('out:out')
  expect(typeFor(given, output, target)).toBe('DataFrame')
  expect(typeFor(given, { ...output, selected: 'DataFrame' }, target)).toBe('DataFrame')
  expect(typeFor(given, { name: 'no', types: ['Embeddings'] }, target)).toBeUndefined()
})

test('a component is found by the beginning of a type it takes or gives, behind those of that name', () => {
  const entryOf = (name: string, gives: string) => ({
    type: name,
    category: 'tools',
    component: { ...node(name, [{ name: 'out', types: [gives] }]).data.node, display_name: name },
  })
  const [named, giving, other] = [
    entryOf('Data Frame Reader', 'Message'),
    entryOf('Loader', 'DataFrame'),
    entryOf('Loader', 'Message'),
  ]
  const scores = [named, giving, other].map((entry) => scoreOf(entry, 'datafr'))
  expect(scores[1]).toBeGreaterThan(0)
  expect(scores[2]).toBe(0)
  expect(scoreOf(named, 'data')).toBeGreaterThan(scoreOf(giving, 'data'))
})
