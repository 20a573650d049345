import { expect, test } from 'vitest'
import { setField } from '../commands/set-field.ts'
import { createEditor } from '../editor.ts'
import type { FlowNode } from '../model/flow-document.ts'
import { fieldHistory } from './field-history.ts'

const node: FlowNode = {
  id: 'a',
  type: 'genericNode',
  position: { x: 0, y: 0 },
  data: {
    id: 'a',
    type: 'Step',
    node: {
      display_name: 'Step',
      description: '',
      template: {
        text: { type: 'str', display_name: 'Text', value: 'one' },
        key: { type: 'str', value: '', password: true },
      },
    },
  },
}

test('tells the changes of values, the newest first, without secrets and what was undone', () => {
  let time = 0
  const editor = createEditor({ document: { nodes: [node], edges: [] }, now: () => time })
  for (const value of ['two', 'three', 'four']) {
    time += 10
    editor.apply(setField, { nodeId: 'a', field: 'text', change: { value } })
  }
  editor.apply(setField, { nodeId: 'a', field: 'text', change: { advanced: true } })
  editor.apply(setField, { nodeId: 'a', field: 'key', change: { value: 'secret' } })
  editor.undo()
  editor.undo()
  editor.undo()
  expect(fieldHistory(editor.store.getState().history, 'a')).toEqual([
    { field: 'text', label: 'Text', before: 'two', after: 'three', at: 20 },
    { field: 'text', label: 'Text', before: 'one', after: 'two', at: 10 },
  ])
})
