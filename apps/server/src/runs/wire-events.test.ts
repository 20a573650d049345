import type { RunEvent } from '@runnel/engine/run-event'
import { expect, test } from 'vitest'
import { WireListener, wireEvent } from './wire-events.ts'

const token = (messageId: string, text: string, timestamp: number): RunEvent => ({
  type: 'message-delta',
  messageId,
  nodeId: 'n',
  text,
  timestamp,
})

test('the tokens of a run are told as each of them alone would be', () => {
  const events = [
    token('a', 'one', 0),
    token('a', ' "two"\n', 0),
    token('b', '字', 1_700_000_000_000),
    { type: 'message-remove', messageId: 'b' } as const,
    token('b', '', 1_700_000_000_000),
    token('a', 'last', 0),
  ]
  const records: string[] = []
  const listener = new WireListener({ write: (record) => void records.push(record), drained: () => undefined })
  for (const event of events) listener.hear(event)
  expect(records).toEqual(events.map(wireEvent))
  expect(wireEvent(token('a', ' "字"\n', 0))).toBe(
    '{"event": "token", "data": {"chunk": " \\"\\u5b57\\"\\n", "id": "a", "timestamp": "1970-01-01 00:00:00 UTC"}}\n\n',
  )
})
