import { expect, test } from 'vitest'
import type { FlowDocument } from '../model/flow-document.ts'
import { documentNews } from './document-news.ts'
import { endsOf } from './neighbours.ts'

type Nodes = FlowDocument['nodes']
type Edges = FlowDocument['edges']

const node = (id: string, name: string): Nodes[number] => ({
  id,
  type: 'genericNode',
  position: { x: 0, y: 0 },
  data: {
    id,
    type: name,
    node: {
      display_name: name,
      description: '',
      template: { value: { type: 'str', display_name: 'Text' } },
      outputs: [{ name: 'out', display_name: 'Message', types: ['Message'] }],
    },
  },
})
const edge = (source: string, target: string): Edges[number] => ({
  id: `${source}-${target}`,
  source,
  target,
  data: {
    sourceHandle: { dataType: 'A', id: source, name: 'out', output_types: ['Message'] },
    targetHandle: { fieldName: 'value', id: target, inputTypes: ['Message'], type: 'str' },
  },
})
const flow = (nodes: Nodes, edges: Edges = []): FlowDocument => ({ nodes, edges, viewport: { x: 0, y: 0, zoom: 1 } })
const [a, b, c] = [node('a', 'Chat Input'), node('b', 'Model'), node('c', 'Model')]

test('what was connected is told with both names and the types that flow', () => {
  expect(documentNews(flow([a, b]), flow([a, b], [edge('a', 'b')]))).toEqual([
    { key: 'connected', names: ['Chat Input: Message → Model: Text (Message)'] },
  ])
})

test('a node that goes takes its edges along without a word', () => {
  expect(documentNews(flow([a, b], [edge('a', 'b')]), flow([a]))).toEqual([{ key: 'removed', names: ['Model'] }])
  expect(documentNews(flow([a]), flow([a, b]))).toEqual([{ key: 'added', names: ['Model'] }])
})

test('an edge that takes the place of another is told, and so is the other', () => {
  expect(documentNews(flow([a, b, c], [edge('a', 'b')]), flow([a, b, c], [edge('c', 'b')]))).toEqual([
    { key: 'connected', names: ['Model: Message → Model: Text (Message)'] },
    { key: 'disconnected', names: ['Chat Input: Message → Model: Text (Message)'] },
  ])
})

test('where a node has gone is told, unless nodes come or go; a change of values is not', () => {
  const moved = { ...a, position: { x: 8.4, y: 0 } }
  expect(documentNews(flow([a, b]), flow([moved, b]))).toEqual([{ key: 'moved', names: ['Chat Input (8, 0)'] }])
  expect(documentNews(flow([a]), flow([moved, b]))).toEqual([{ key: 'added', names: ['Model'] }])
  expect(documentNews(flow([a, b]), flow([{ ...a, data: { ...a.data } }, b]))).toEqual([])
})

test('nodes of one name at the ends of edges are told apart', () => {
  const document = flow([a, b, c], [edge('a', 'b'), edge('a', 'c')])
  expect([endsOf(document, 'a', true), endsOf(document, 'b', false)]).toEqual([
    [
      { nodeId: 'b', label: 'Model · b' },
      { nodeId: 'c', label: 'Model · c' },
    ],
    [{ nodeId: 'a', label: 'Chat Input' }],
  ])
})
