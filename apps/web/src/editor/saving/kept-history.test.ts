import { expect, test } from 'vitest'
import { moveNodes } from '../commands/move-nodes.ts'
import { remove } from '../commands/remove.ts'
import { setField } from '../commands/set-field.ts'
import { createEditor } from '../editor.ts'
import type { FlowDocument } from '../model/flow-document.ts'
import { printHistory, readHistory } from './kept-history.ts'

const node = (id: string) => ({
  id,
  type: 'genericNode',
  position: { x: 0, y: 0 },
  data: {
    id,
    type: 'Model',
    node: {
      display_name: id,
      description: '',
      template: { text: { type: 'str', value: '' }, key: { type: 'str', password: true, value: 'sk-old' } },
    },
  },
})
const start: FlowDocument = { nodes: [node('one'), node('two')], edges: [] }

/** An editor with steps behind and before it, as it is after a reload. */
function reloaded(editor: ReturnType<typeof createEditor>) {
  const document = editor.getDocument()
  const kept = JSON.parse(JSON.stringify(printHistory(editor.store.getState().history, document, 'v1')))
  const fresh = createEditor({ document: structuredClone(document) })
  fresh.recall(readHistory(kept, fresh.getDocument()))
  return { fresh, kept: JSON.stringify(kept) }
}

const write = (editor: ReturnType<typeof createEditor>, field: string, value: string) =>
  editor.apply(setField, { nodeId: 'one', field, change: { value } })

test('undo and redo go on after a reload', () => {
  const editor = createEditor({ document: start })
  write(editor, 'text', 'hello')
  editor.apply(moveNodes, { positions: new Map([['two', { x: 8, y: 8 }]]) })
  editor.undo()
  const { fresh } = reloaded(editor)
  fresh.redo()
  expect(fresh.getDocument().nodes[1]?.position).toEqual({ x: 8, y: 8 })
  fresh.undo()
  fresh.undo()
  expect(fresh.getDocument()).toEqual(start)
})

test('a removed node without secrets comes back after a reload', () => {
  const open = {
    ...node('open'),
    data: { ...node('open').data, node: { display_name: '', description: '', template: {} } },
  }
  const editor = createEditor({ document: { nodes: [...start.nodes, open], edges: [] } })
  editor.apply(remove, { nodes: new Set(['open']), edges: new Set<string>() })
  const { fresh } = reloaded(editor)
  fresh.undo()
  expect(fresh.getDocument().nodes).toEqual([...start.nodes, open])
})

test.each<readonly [string, (editor: ReturnType<typeof createEditor>) => void]>([
  ['that writes a secret', (editor) => write(editor, 'key', 'sk-new')],
  [
    'that removes a node with one',
    (editor) => editor.apply(remove, { nodes: new Set(['two']), edges: new Set<string>() }),
  ],
])('a step %s is not kept, nor are those before it', (_, step) => {
  const editor = createEditor({ document: start })
  write(editor, 'text', 'before')
  step(editor)
  write(editor, 'text', 'after')
  const { fresh, kept } = reloaded(editor)
  expect(kept).not.toContain('sk-')
  fresh.undo()
  fresh.undo()
  expect(fresh.getDocument().nodes[0]?.data.node.template.text?.value).toBe('before')
})

test('steps from before somebody else changed the flow are not kept', () => {
  const editor = createEditor({ document: start })
  write(editor, 'text', 'mine')
  editor.replace({ ...editor.getDocument(), nodes: [...editor.getDocument().nodes, node('three')] })
  write(editor, 'text', 'again')
  const { past } = printHistory(editor.store.getState().history, editor.getDocument(), 'v1')
  expect(past.map(({ undo }) => undo)).toEqual([
    [{ op: 'replace', path: '/nodes/0/data/node/template/text/value', value: 'mine' }],
  ])
})
