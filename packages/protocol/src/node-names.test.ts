import { expect, test } from 'vitest'
import { nodeNames } from './node-names.ts'

const node = (id: string, display_name: string, nodes: readonly unknown[] = []) => ({
  id,
  data: { id, node: { display_name, ...(nodes.length > 0 && { flow: { data: { nodes, edges: [] } } }) } },
})

test('nodes are told by name, those inside groups and those inside groups of these, too', () => {
  const graph = {
    nodes: [
      node('ChatInput-1', 'Question'),
      node('Group-1', 'Reader', [node('File-1', 'Read File'), node('Group-2', 'Deeper', [node('Url-1', 'URL')])]),
      { id: 'note-1', type: 'noteNode', data: {} },
    ],
    edges: [],
  }
  expect(new Map(nodeNames(graph))).toEqual(
    new Map([
      ['ChatInput-1', 'Question'],
      ['Group-1', 'Reader'],
      ['File-1', 'Read File'],
      ['Group-2', 'Deeper'],
      ['Url-1', 'URL'],
    ]),
  )
  expect(nodeNames(undefined)).toEqual([])
})
