import { ClientError } from '@runnel/client'
import { expect, test } from 'vitest'
import { setField } from '../commands/set-field.ts'
import { createEditor } from '../editor.ts'
import type { FlowDocument } from '../model/flow-document.ts'
import { createAutosave } from './autosave.ts'
import { createFlowSync, type MergedChange } from './flow-sync.ts'

const node = (id: string, value: string) => ({
  id,
  type: 'genericNode',
  position: { x: 0, y: 0 },
  data: {
    id,
    type: 'TextInput',
    node: { display_name: id, description: '', template: { text: { type: 'str', value } } },
  },
})
const start: FlowDocument = { nodes: [node('one', ''), node('two', '')], edges: [] }

/** A server with one flow, as two tabs see it. */
function serverOf(initial: FlowDocument) {
  let stored = { document: initial, version: 'v0' }
  let saves = 0
  return {
    read: async () => stored,
    stored: () => stored.document,
    async save(document: FlowDocument, version: string) {
      if (version !== stored.version) throw new ClientError(409, 'changed', {})
      saves += 1
      stored = { document, version: `v${saves}` }
      return stored.version
    },
  }
}

function tabOf(server: ReturnType<typeof serverOf>, delayMs?: number) {
  const editor = createEditor({ document: start })
  const autosave = createAutosave({ editor, version: 'v0', save: server.save, delayMs })
  const merged: string[] = []
  const changes: MergedChange[] = []
  const sync = createFlowSync({
    editor,
    autosave,
    read: server.read,
    listen: () => () => undefined,
    onMerged(change) {
      merged.push('merged')
      changes.push(change)
    },
  })
  const write = (nodeId: string, value: string) => editor.apply(setField, { nodeId, field: 'text', change: { value } })
  return { editor, autosave, sync, write, merged, changes }
}

const textsOf = ({ nodes }: FlowDocument) => nodes.map(({ data }) => data.node.template.text?.value)

test('changes of two tabs to different nodes are both kept', async () => {
  const server = serverOf(start)
  const [left, right] = [tabOf(server), tabOf(server)]
  left.write('one', 'left')
  right.write('two', 'right')
  await left.autosave.flush()
  expect(await right.autosave.flush()).toBe(false)
  await right.sync.pull()
  expect(await right.autosave.flush()).toBe(true)
  expect(textsOf(server.stored())).toEqual(['left', 'right'])
  expect(right.merged).toEqual(['merged'])
})

test.each(['mine', 'theirs'] as const)('changes to the same field wait for a choice: %s', async (keep) => {
  const server = serverOf(start)
  const [left, right] = [tabOf(server), tabOf(server)]
  left.write('one', 'left')
  await left.autosave.flush()
  right.write('one', 'right')
  right.write('two', 'right')
  await right.autosave.flush()
  await right.sync.pull()
  const { conflict } = right.sync.store.getState()
  expect(conflict?.nodeIds).toEqual(['one'])
  expect(textsOf(server.stored())).toEqual(['left', ''])
  conflict?.resolve(() => keep)
  await right.autosave.flush()
  expect(textsOf(server.stored())).toEqual([keep === 'mine' ? 'right' : 'left', 'right'])
  // Who keeps all of their own has taken nothing in.
  expect(right.merged).toEqual(keep === 'mine' ? [] : ['merged'])
})

test('of several nodes in question each takes the side that was chosen for it', async () => {
  const server = serverOf(start)
  const [left, right] = [tabOf(server), tabOf(server)]
  for (const id of ['one', 'two']) {
    left.write(id, 'left')
    right.write(id, 'right')
  }
  await left.autosave.flush()
  await right.autosave.flush()
  await right.sync.pull()
  right.sync.store.getState().conflict?.resolve((id) => (id === 'one' ? 'theirs' : 'mine'))
  await right.autosave.flush()
  expect(textsOf(server.stored())).toEqual(['left', 'right'])
})

test('what others saved is taken in with their name, and only what they changed is another object', async () => {
  const server = serverOf(structuredClone(start))
  const tab = tabOf(server)
  const [kept] = tab.editor.getDocument().nodes
  await server.save({ nodes: [node('one', ''), node('two', 'new')], edges: [] }, 'v0')
  await tab.sync.pull('ada')
  const { nodes } = tab.editor.getDocument()
  expect(nodes[0]).toBe(kept)
  expect(tab.changes).toEqual([{ author: 'ada', nodes: [nodes[1]] }])
  expect(await tab.autosave.flush()).toBe(true)
  expect(textsOf(server.stored())).toEqual(['', 'new'])
})

test('a tab without changes of its own follows', async () => {
  const server = serverOf(start)
  const [left, right] = [tabOf(server), tabOf(server)]
  left.write('one', 'left')
  await left.autosave.flush()
  await right.sync.pull()
  expect(textsOf(right.editor.getDocument())).toEqual(['left', ''])
  expect(right.autosave.store.getState().kind).toBe('saved')
})

test('what waits for its moment is saved at once when it is wanted, and never where the user saves', async () => {
  const [automatic, byHand] = [serverOf(start), serverOf(start)]
  for (const tab of [tabOf(automatic, 3_600_000), tabOf(byHand)]) {
    const stop = tab.autosave.start()
    tab.write('one', 'written')
    tab.autosave.hurry()
    await tab.autosave.idle()
    stop()
  }
  expect([textsOf(automatic.stored()), textsOf(byHand.stored())]).toEqual([
    ['written', ''],
    ['', ''],
  ])
})
