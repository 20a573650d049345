import { expect, test } from 'vitest'
import { type AskedApproval, askedAfter } from './asked-approvals.ts'
import type { BuildEvent } from './build-events.ts'

const asks = (id: string): BuildEvent => ({
  event: 'human_input_required',
  data: { request_id: id, node_id: 'Mail-1', tool_name: 'send', tool_input: {}, allowed_decisions: ['approve'] },
})

test('calls wait from when they ask until they are decided, in the order they asked', () => {
  const none: readonly AskedApproval[] = []
  const two = askedAfter(askedAfter(none, asks('a')), asks('b'))
  expect(two.map(({ requestId }) => requestId)).toEqual(['a', 'b'])
  const one = askedAfter(two, { event: 'human_input_resolved', data: { request_id: 'a' } })
  expect(one).toEqual([{ requestId: 'b', nodeId: 'Mail-1', tool: 'send', input: {}, actions: ['approve'] }])
  expect(askedAfter(one, { event: 'build_start', data: {} })).toBe(one)
})
