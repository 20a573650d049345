import { compileGraph } from '@runnel/engine/compile-graph'
import { createRegistry } from '@runnel/engine/registry'
import { AppError } from '@runnel/protocol/errors'
import { emptyProperties, type MessageRecord } from '@runnel/protocol/message'
import { expect, test } from 'vitest'
import { buildFailure, createBuildRecords } from './build-records.ts'
import { recordsOf } from './test-build.ts'

const records = () => {
  const graph = compileGraph({ nodes: [], edges: [] }, createRegistry([]))
  const toRecords = createBuildRecords({
    graph,
    limits: { textLength: 100, itemsLength: 10 },
    priceOf: () => undefined,
  })
  return (event: Parameters<typeof toRecords>[0]) => recordsOf([...toRecords(event)].join(''))
}
const message = (text: string, state: 'partial' | 'complete'): MessageRecord => ({
  id: 'm-1',
  flow_id: 'f-1',
  run_id: 'r-1',
  session_id: 's-1',
  context_id: '',
  timestamp: 0,
  sender: 'Machine',
  sender_name: 'AI',
  text,
  files: [],
  error: false,
  edit: false,
  properties: { ...emptyProperties, state },
  category: 'message',
  content_blocks: [],
})

test('a node that runs as a tool begins and ends by its id', () => {
  const told = records()
  expect(told({ type: 'tool-start', nodeId: 'Tool-1' })).toEqual([{ event: 'build_start', data: { id: 'Tool-1' } }])
  expect(told({ type: 'tool-end', nodeId: 'Tool-1' })).toEqual([{ event: 'build_end', data: { id: 'Tool-1' } }])
})

test('a message that is taken back is removed', () => {
  expect(records()({ type: 'message-remove', messageId: 'm-1' })).toEqual([
    { event: 'remove_message', data: { id: 'm-1' } },
  ])
})

test('an empty message is told with its first piece', () => {
  const told = records()
  expect(told({ type: 'message-add', message: message('', 'partial') })).toEqual([])
  const piece = told({ type: 'message-delta', messageId: 'm-1', nodeId: 'n-1', text: 'Hé', timestamp: 0 })
  expect(piece).toMatchObject([
    { event: 'add_message', data: { id: 'm-1', text: '' } },
    { event: 'token', data: { chunk: 'Hé', id: 'm-1', timestamp: '1970-01-01 00:00:00 UTC' } },
  ])
  expect(told({ type: 'message-delta', messageId: 'm-1', nodeId: 'n-1', text: 'llo', timestamp: 0 })).toHaveLength(1)
})

test('a message is flat and, beside that, nested', () => {
  const [told] = records()({ type: 'message-add', message: message('Hi', 'complete') })
  const flat = { text: 'Hi', sender: 'Machine', session_id: 's-1', flow_id: 'f-1', run_id: 'r-1' }
  expect(told?.data).toMatchObject({ ...flat, text_key: 'text', default_value: '', data: flat })
})

test('a failure of no node is an error without a sender', () => {
  const at = { flowId: 'f-1', runId: 'r-1', sessionId: 's-1', messageId: 'm-1', timestamp: 0 }
  const [told] = recordsOf(buildFailure(new AppError('flow_invalid', ['The flow has no graph']), at))
  expect(told).toMatchObject({
    event: 'error',
    data: { text: 'The flow has no graph', sender: null, category: 'error', properties: { source: { id: null } } },
  })
})
