import { expect, test } from 'vitest'
import { createEditor } from '../editor.ts'
import type { FlowDocument } from '../model/flow-document.ts'
import { createAutosave } from './autosave.ts'
import { lostSecrets, restoreDraft } from './local-draft.ts'

const flow = (text: string, key = ''): FlowDocument => ({
  nodes: [
    {
      id: 'a',
      type: 'genericNode',
      position: { x: 0, y: 0 },
      data: {
        id: 'a',
        type: 'Model',
        node: {
          display_name: 'Model',
          description: '',
          template: {
            text: { display_name: 'Text', value: text },
            key: { display_name: 'API Key', password: true, value: key },
          },
        },
      },
    },
  ],
  edges: [],
})

test('a secret that the server has is not to be typed again, one it lacks is', () => {
  expect(lostSecrets(flow('before', 'sk-1'), flow('after', 'sk-1'))).toEqual([])
  expect(lostSecrets(flow('before', 'sk-1'), flow('after', 'sk-2'))).toEqual(['Model: API Key'])
  expect(lostSecrets({ nodes: [], edges: [] }, flow('new', 'sk-1'))).toEqual(['Model: API Key'])
})

test('what is put back is saved over what it was made from, and so not over what others saved since', async () => {
  const overs: string[] = []
  const editor = createEditor({ document: flow('of another') })
  const autosave = createAutosave({
    editor,
    version: 'v2',
    delayMs: undefined,
    async save(_, version) {
      overs.push(version)
      return 'v3'
    },
  })
  restoreDraft({ document: flow('mine'), base: flow('old'), version: 'v1', at: 0, lostSecrets: [] }, editor, autosave)
  expect(autosave.saved()).toEqual({ document: flow('old'), version: 'v1' })
  await autosave.flush()
  expect([overs, editor.getDocument()]).toEqual([['v1'], flow('mine')])
})
