import { expect, test } from 'vitest'
import type { FlowDocument, TemplateField } from '../../editor/model/flow-document.ts'
import { batchInputs, guessMapping, rowDocument } from './row-document.ts'

const node = (id: string, type: string, template: Readonly<Record<string, Partial<TemplateField>>>) => ({
  id,
  type: 'genericNode' as const,
  position: { x: 0, y: 0 },
  data: {
    id,
    type,
    node: {
      display_name: type,
      description: '',
      template: Object.fromEntries(Object.entries(template).map(([name, field]) => [name, { type: 'str', ...field }])),
    },
  },
})
const document: FlowDocument = {
  nodes: [
    node('ChatInput-a', 'ChatInput', { input_value: { value: 'preset' } }),
    node('Model-b', 'Model', {
      temperature: { type: 'float', display_name: 'Temperature', value: 0.1, api_editable: true },
      tone: { display_name: 'Tone of Voice', value: 'TONE', load_from_db: true, api_editable: true },
      path: { type: 'file', value: '', api_editable: true },
    }),
  ],
  edges: [],
}
const table = (...columns: readonly string[]) => ({ name: 'rows.csv', columns, rows: [] })

test('a flow takes its text, and the fields that are given to the API; files are no cells', () => {
  expect(batchInputs(document)).toEqual([
    { key: 'ChatInput-a', label: 'ChatInput' },
    { key: 'Model-b temperature', label: 'Model · Temperature' },
    { key: 'Model-b tone', label: 'Model · Tone of Voice' },
  ])
})

test('a column fills the input it is called after, in any case; the only input takes the first column', () => {
  const inputs = batchInputs(document)
  expect(guessMapping(inputs, table('id', 'chat input', 'TEMPERATURE', 'tone_of_voice'))).toEqual({
    'ChatInput-a': 'chat input',
    'Model-b temperature': 'TEMPERATURE',
    'Model-b tone': 'tone_of_voice',
  })
  expect(guessMapping(inputs, table('question'))).toEqual({})
  expect(guessMapping(inputs.slice(0, 1), table('question', 'id'))).toEqual({ 'ChatInput-a': 'question' })
})

test('the cells of a row are in the flow that is run, and not in the open one', () => {
  const mapping = { 'ChatInput-a': 'q', 'Model-b temperature': 't', 'Model-b tone': 'tone' }
  const run = rowDocument(document, mapping, { q: '你好', t: '0.5', tone: 'calm' })
  const fields = run.nodes.map(({ data }) => data.node.template)
  expect(fields).toMatchObject([
    { input_value: { value: '你好' } },
    { temperature: { value: 0.5 }, tone: { value: 'calm', load_from_db: false } },
  ])
  expect(document.nodes[0]?.data.node.template.input_value?.value).toBe('preset')
  const unmapped = rowDocument(document, {}, { q: 'x' })
  expect(unmapped.nodes.map(({ data }) => data.node.template)).toMatchObject([
    { input_value: { value: 'preset' } },
    { temperature: { value: 0.1 }, tone: { value: 'TONE', load_from_db: true } },
  ])
})
