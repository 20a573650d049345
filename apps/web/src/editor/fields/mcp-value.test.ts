import { expect, test } from 'vitest'
import { serverOf, usersOfServers } from './mcp-value.ts'

const node = (id: string, value: unknown) => ({
  id,
  type: 'genericNode',
  position: { x: 0, y: 0 },
  data: {
    id,
    type: 'MCPTools',
    node: {
      display_name: id,
      description: '',
      template: { mcp_server: { type: 'mcp', value }, tool: { type: 'str' } },
    },
  },
})

test('a server is read in the form of today, in the older one, and where there is none', () => {
  expect([serverOf({ name: 'a', config: { url: 'u' } }), serverOf('b'), serverOf(null)]).toEqual([
    { name: 'a', config: { url: 'u' } },
    { name: 'b', config: {} },
    { name: '', config: {} },
  ])
})

test('of a saved server all fields that hold it are found', () => {
  const nodes = [node('one', { name: 'a', config: {} }), node('two', 'b'), node('three', 'a'), node('four', '')]
  expect(usersOfServers({ nodes, edges: [] }, new Set(['a']))).toEqual([
    { nodeId: 'one', field: 'mcp_server' },
    { nodeId: 'three', field: 'mcp_server' },
  ])
})
