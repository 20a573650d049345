import { expect, test } from 'vitest'
import type { FlowEdge, FlowNode } from './flow-document.ts'
import { lostEdgesOf } from './lost-edges.ts'

const node = (id: string): FlowNode => ({
  id,
  type: 'genericNode',
  position: { x: 0, y: 0 },
  data: {
    id,
    type: 'Echo',
    node: {
      display_name: id,
      description: '',
      template: { text: { type: 'str', input_types: ['Message'] } },
      outputs: [{ name: 'out', types: ['Message'] }],
    },
  },
})
const edge = (id: string, source: string, output: string, target: string, field: string): FlowEdge => ({
  id,
  source,
  target,
  data: {
    sourceHandle: { dataType: 'Echo', id: source, name: output, output_types: ['Message'] },
    targetHandle: { id: target, fieldName: field, inputTypes: ['Message'], type: 'str' },
  },
})

test('edges whose node, output or field is gone are lost, the others are not', () => {
  const document = {
    nodes: [node('a'), node('b')],
    edges: [
      edge('sound', 'a', 'out', 'b', 'text'),
      edge('no output', 'a', 'old', 'b', 'text'),
      edge('no field', 'a', 'out', 'b', 'old'),
      edge('no node', 'a', 'out', 'c', 'text'),
    ],
  }
  expect(lostEdgesOf(document).map(({ id }) => id)).toEqual(['no output', 'no field', 'no node'])
})
