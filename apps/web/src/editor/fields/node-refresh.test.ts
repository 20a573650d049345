import { expect, test } from 'vitest'
import { setField } from '../commands/set-field.ts'
import { createEditor } from '../editor.ts'
import type { ComponentNode, FlowDocument } from '../model/flow-document.ts'
import { createNodeRefresh, refreshKey } from './node-refresh.ts'

const component: ComponentNode = {
  display_name: 'Memory',
  description: '',
  template: { mode: { type: 'tab', value: 'Retrieve', real_time_refresh: true }, name: { type: 'str', value: '' } },
}
const document: FlowDocument = {
  nodes: [
    {
      id: 'one',
      type: 'genericNode',
      position: { x: 0, y: 0 },
      data: { id: 'one', type: 'Memory', node: component },
    },
  ],
  edges: [],
}

/** A server whose answers the test gives. */
function server() {
  const calls: {
    readonly body: Record<string, unknown>
    answer: (value: unknown) => void
    fail: (error: Error) => void
  }[] = []
  const call = (_: unknown, { body }: { readonly body: Record<string, unknown> }) =>
    new Promise((answer, fail) => calls.push({ body, answer, fail }))
  // Only what the refresh calls.
  return { calls, client: { call } as unknown as Parameters<typeof createNodeRefresh>[0]['client'] }
}

function start() {
  const editor = createEditor({ document })
  const { calls, client } = server()
  const refresh = createNodeRefresh({ editor, client })
  const set = (field: string, value: unknown) => editor.apply(setField, { nodeId: 'one', field, change: { value } })
  const template = () => editor.getDocument().nodes[0]?.data.node.template
  return { editor, calls, refresh, set, template }
}

const described = (mode: string): ComponentNode => ({
  ...component,
  template: { ...component.template, mode: { type: 'tab', value: mode }, message: { type: 'str', value: '' } },
})

test('the answer belongs to the edit, and what was written meanwhile stays', async () => {
  const { editor, calls, refresh, set, template } = start()
  set('mode', 'Store')
  const done = refresh.refresh('one', 'mode')
  expect(calls[0]?.body).toMatchObject({ field: 'mode', field_value: 'Store', frontend_node: { type: 'Memory' } })
  set('name', 'Ada')
  calls[0]?.answer(described('Store'))
  expect(await done).toBe(true)
  expect(template()).toMatchObject({ mode: { value: 'Store' }, name: { value: 'Ada' }, message: { value: '' } })
  editor.undo()
  editor.undo()
  expect(template()).toEqual(component.template)
})

test('an answer about a value that was undone is passed over', async () => {
  const { editor, calls, refresh, set, template } = start()
  set('mode', 'Store')
  const done = refresh.refresh('one', 'mode')
  editor.undo()
  calls[0]?.answer(described('Store'))
  expect(await done).toBe(false)
  expect(template()).toEqual(component.template)
  expect(refresh.store.getState().size).toBe(0)
})

test('a failure keeps the node and is said at the field', async () => {
  const { calls, refresh, set, template } = start()
  set('mode', 'Store')
  const done = refresh.refresh('one', 'mode')
  calls[0]?.fail(new Error('No such mode'))
  expect(await done).toBe(false)
  expect(template()?.message).toBeUndefined()
  expect(refresh.store.getState().get(refreshKey('one', 'mode'))).toEqual({ kind: 'failed', message: 'No such mode' })
})

test('only the newest question counts', async () => {
  const { calls, refresh, set, template } = start()
  set('mode', 'Store')
  const older = refresh.refresh('one', 'mode')
  set('mode', 'Other')
  const newer = refresh.refresh('one', 'mode')
  calls[1]?.answer(described('Other'))
  calls[0]?.answer(described('Store'))
  expect([await older, await newer]).toEqual([false, true])
  expect(template()?.mode?.value).toBe('Other')
})
