import type { MessageRecord } from '@runnel/protocol/message'
import { message } from '@runnel/sdk'
import { describe, expect, test } from 'vitest'
import { toRecord } from './message-record.ts'
import { selectMessages } from './ports.ts'
import { testPorts } from './test-run.ts'

const row = (id: string, timestamp: number, rest: Partial<MessageRecord> = {}): MessageRecord => ({
  ...toRecord(message(id, { timestamp, session_id: 's' }), id),
  ...rest,
})
const rows = [
  row('c', 3),
  row('a', 1),
  row('b2', 2),
  row('b1', 2),
  row('x', 2, { error: true }),
  row('o', 4, { session_id: 't', sender: 'User', sender_name: 'Ada', context_id: 'k' }),
]
const found = (query: Parameters<typeof selectMessages>[1]) => selectMessages(rows, query).map(({ id }) => id)

describe('messages that are looked for', () => {
  test('come by time, then by id, without errors', () => {
    expect(found({})).toEqual(['a', 'b1', 'b2', 'c', 'o'])
    expect(found({ order: 'desc' })).toEqual(['o', 'c', 'b2', 'b1', 'a'])
  })
  test('are the newest when they are limited', () => {
    expect(found({ limit: 2 })).toEqual(['c', 'o'])
    expect(found({ limit: 2, order: 'desc' })).toEqual(['o', 'c'])
    expect(found({ limit: 0 })).toEqual([])
  })
  test('fit all that is asked for', () => {
    expect(found({ session_id: 's' })).toEqual(['a', 'b1', 'b2', 'c'])
    for (const query of [{ session_id: 't' }, { sender: 'User' }, { sender_name: 'Ada' }, { context_id: 'k' }])
      expect(found(query)).toEqual(['o'])
    expect(found({ session_id: 's', sender: 'User' })).toEqual([])
  })
})

test('ports in memory keep messages by id and results by node', async () => {
  const { messages, cache } = testPorts()
  messages.save(row('a', 1, { flow_id: 'f' }), 'Node-1')
  messages.save(row('a', 2, { flow_id: 'f', text: 'changed' }), 'Node-1')
  messages.save(row('b', 3, { flow_id: 'g' }), 'Node-1')
  expect((await messages.find('f', {})).map(({ text }) => text)).toEqual(['changed'])
  messages.remove('a')
  expect(await messages.find('f', {})).toEqual([])
  expect(cache.get('__proto__')).toBeUndefined()
})
