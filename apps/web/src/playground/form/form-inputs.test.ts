import { expect, test } from 'vitest'
import type { FlowDocument } from '../../editor/model/flow-document.ts'
import { formInputs, withValues } from './form-inputs.ts'

const node = (id: string, type: string, template: FlowDocument['nodes'][number]['data']['node']['template']) => ({
  id,
  type: 'genericNode',
  position: { x: 0, y: 0 },
  data: { id, type, node: { display_name: `The ${type}`, description: '', template } },
})
const document: FlowDocument = {
  nodes: [
    node('TextInput-a', 'TextInput', { input_value: { type: 'str', value: 'preset' } }),
    node('Webhook-b', 'Webhook', { data: { type: 'str', value: '' } }),
    node('FlowInputs-c', 'FlowInputs', {
      fields: {
        type: 'table',
        value: [
          { name: 'count', type: 'integer', required: true },
          { name: 'more', label: 'More', type: 'object', default: { a: 1 } },
          { name: 'loud', type: 'boolean' },
          { name: '' },
        ],
      },
      values: { type: 'dict', value: {} },
    }),
    node('Prompt-d', 'Prompt', {}),
  ],
  edges: [],
}

test('a form asks for what the inputs of a flow take', () => {
  expect(
    formInputs(document).map(({ key, label, kind, isRequired, preset }) => [key, label, kind, isRequired, preset]),
  ).toEqual([
    ['TextInput-a', 'The TextInput', 'text', false, 'preset'],
    ['Webhook-b', 'The Webhook', 'text', false, ''],
    ['FlowInputs-c count', 'count', 'number', true, ''],
    ['FlowInputs-c more', 'More', 'json', false, '{"a":1}'],
    ['FlowInputs-c loud', 'loud', 'boolean', false, ''],
  ])
})

test('its values are in the flow that is run, and not in the open one', () => {
  const inputs = formInputs(document)
  const values = { 'Webhook-b': '{"x":1}', 'FlowInputs-c count': '7', 'FlowInputs-c loud': 'true' }
  const filled = withValues(document, inputs, values)
  const given = (index: number, field: string) => filled.nodes[index]?.data.node.template[field]?.value
  expect([given(0, 'input_value'), given(1, 'data'), given(2, 'values')]).toEqual([
    'preset',
    '{"x":1}',
    { count: 7, more: { a: 1 }, loud: true },
  ])
  expect(document.nodes[1]?.data.node.template.data?.value).toBe('')
  expect(() => withValues(document, inputs, { 'FlowInputs-c more': '{' })).toThrow(SyntaxError)
})
