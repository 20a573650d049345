import { expect, test } from 'vitest'
import type { FlowNode, TemplateField } from '../model/flow-document.ts'
import { nodeSnippet } from './node-snippet.ts'

const node = (id: string, template: Readonly<Record<string, TemplateField>>): FlowNode => ({
  id,
  type: 'genericNode',
  position: { x: 0, y: 0 },
  data: { id, type: 'Step', node: { display_name: 'Step', description: '', template } },
})

test('a node is copied as a call that sets the fields it shows, and no others', () => {
  const text = (value: string, more = {}) => ({ type: 'str', _input_type: 'StrInput', show: true, value, ...more })
  const document = {
    nodes: [
      node('Step-1', {
        city: text('Rome'),
        hidden: text('no', { advanced: true }),
        key: text('k', { password: true }),
      }),
      node('Step-2', { other: text('no', { api_editable: true }) }),
    ],
    edges: [],
  }
  const said = nodeSnippet({ origin: 'http://localhost:7860', flowId: 'f-1', document, nodeId: 'Step-1' })
  expect(said).toContain('--url "http://localhost:7860/api/v1/run/f-1?stream=false"')
  const body = JSON.parse(/--data '([\s\S]*)'/.exec(said)?.[1] ?? '')
  expect(body.tweaks).toEqual({ 'Step-1': { city: 'Rome', key: 'NAME_OF_A_GLOBAL_VARIABLE' } })
})
