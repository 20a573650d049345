import { expect, test } from 'vitest'
import type { ComponentNode, FlowDocument } from './flow-document.ts'
import { hintsOf } from './hints.ts'

const node = (id: string, part: Partial<ComponentNode> = {}) => ({
  id,
  type: 'genericNode',
  position: { x: 0, y: 0 },
  data: { id, type: id, node: { display_name: id, description: '', template: {}, ...part } },
})
const edge = (source: string, target: string, fieldName = 'input') => ({
  id: `${source}-${target}`,
  source,
  target,
  data: { targetHandle: { id: target, fieldName } },
})
const told = (document: FlowDocument) => hintsOf(document).map(({ key, nodeId }) => [key, nodeId])

test('a flow that is as it should be has no hints, and one node alone is no leftover', () => {
  const nodes = [node('ChatInput'), node('ChatOutput')]
  expect(told({ nodes, edges: [edge('ChatInput', 'ChatOutput')] })).toEqual([])
  expect(told({ nodes: [node('Prompt')], edges: [] })).toEqual([])
})

test('what is connected with nothing, out of date, or never answers is named', () => {
  const nodes = [node('ChatInput'), node('Model'), node('Old', { legacy: true })]
  expect(told({ nodes, edges: [edge('ChatInput', 'Model')] })).toEqual([
    ['unconnected', 'Old'],
    ['legacy', 'Old'],
    ['noChatOutput', 'ChatInput'],
  ])
})

test('what stands behind a node that is switched off, or in a circle without a beginning, is never reached', () => {
  const nodes = ['A', 'B', 'C', 'D', 'E'].map((id) => node(id, id === 'A' ? { disabled: 'stop' } : {}))
  const edges = [edge('A', 'B'), edge('B', 'C'), edge('D', 'E'), edge('E', 'D')]
  expect(told({ nodes, edges })).toEqual([
    ['unreachable', 'B'],
    ['unreachable', 'C'],
    ['unreachable', 'D'],
    ['unreachable', 'E'],
  ])
  // Another way leads to it.
  expect(told({ nodes: nodes.slice(0, 3), edges: [edge('A', 'C'), edge('B', 'C')] })).toEqual([])
})

test('a secret that is written into the flow is told, one that comes from a variable is not', () => {
  const secret = { password: true, value: 'sk-1', display_name: 'API Key' }
  const model = (template: ComponentNode['template']) => hintsOf({ nodes: [node('Model', { template })], edges: [] })
  expect(model({ api_key: secret })).toEqual([
    { key: 'plainSecret', values: { component: 'Model', field: 'API Key' }, nodeId: 'Model' },
  ])
  expect(model({ api_key: { ...secret, load_from_db: true } })).toEqual([])
  expect(model({ api_key: { ...secret, value: '' } })).toEqual([])
})

test('a variable of a prompt that nothing fills is told', () => {
  const template = {
    template: { type: 'prompt', value: 'About {topic}: {text}, {{not this}} {tone}' },
    topic: { type: 'str', value: '' },
    text: { type: 'str', value: '' },
    tone: { type: 'str', value: 'kind' },
  }
  const nodes = [node('Start'), node('Prompt', { template })]
  expect(hintsOf({ nodes, edges: [edge('Start', 'Prompt', 'text')] })).toEqual([
    { key: 'promptVariable', values: { component: 'Prompt', field: 'topic' }, nodeId: 'Prompt' },
  ])
})
