import { expect, test } from 'vitest'
import type { FlowDocument } from '../../editor/model/flow-document.ts'
import { askedFields, settableFields, withSessionValues } from './session-values.ts'

const document: FlowDocument = {
  nodes: [
    {
      id: 'Prompt-a',
      type: 'genericNode',
      position: { x: 0, y: 0 },
      data: {
        id: 'Prompt-a',
        type: 'Prompt',
        node: {
          display_name: 'Prompt',
          description: '',
          template: {
            tone: { type: 'str', display_name: 'Tone', value: 'calm', load_from_db: true },
            fed: { type: 'str', value: '' },
            hidden: { type: 'str', show: false, value: '' },
            handle: { type: 'other', value: '' },
            model: { type: 'model', display_name: 'Model', value: [] },
            given: { type: 'int', display_name: 'Given', value: 1, api_editable: true },
            path: { type: 'file', display_name: 'Files', value: '', file_path: '' },
            more: { type: 'file', advanced: true, value: '', file_path: '' },
          },
        },
      },
    },
  ],
  edges: [
    {
      id: 'e',
      source: 'ChatInput-b',
      target: 'Prompt-a',
      data: {
        sourceHandle: { dataType: 'ChatInput', id: 'ChatInput-b', name: 'message', output_types: ['Message'] },
        targetHandle: { fieldName: 'fed', id: 'Prompt-a', inputTypes: ['Message'], type: 'str' },
      },
    },
  ],
}

test('fields that are shown and not fed can be given a value, models first', () => {
  expect(settableFields(document).map(({ key, label, kind }) => [key, label, kind])).toEqual([
    ['Prompt-a model', 'Model', 'model'],
    ['Prompt-a tone', 'Tone', 'text'],
    ['Prompt-a given', 'Given', 'number'],
  ])
  expect(askedFields(document).map(({ key }) => key)).toEqual(['Prompt-a given', 'Prompt-a path'])
})

test('the values of a session are in the flow that is run, and not in the open one', () => {
  const values = [
    { nodeId: 'Prompt-a', field: 'tone', change: { value: 'loud', load_from_db: false } },
    { nodeId: 'Prompt-a', field: 'gone', change: { value: 1 } },
    { nodeId: 'Gone-c', field: 'tone', change: { value: 1 } },
  ]
  const run = withSessionValues(document, values)
  expect(run.nodes[0]?.data.node.template).toMatchObject({ tone: { value: 'loud', load_from_db: false } })
  expect(Object.keys(run.nodes[0]?.data.node.template ?? {})).not.toContain('gone')
  expect(document.nodes[0]?.data.node.template.tone).toMatchObject({ value: 'calm' })
  expect(withSessionValues(document, [])).toBe(document)
})
