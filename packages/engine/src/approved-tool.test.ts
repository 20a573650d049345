import type { Tool } from '@runnel/sdk'
import { expect, test } from 'vitest'
import { type ApprovalDecision, approvalActions, withApproval } from './approved-tool.ts'
import type { RunEvent } from './run-event.ts'
import { testPorts } from './test-run.ts'

/** A tool that asks, by what somebody decides; says what it was called with and what was told meanwhile. */
function asked(decision: ApprovalDecision | undefined, actions: unknown = ['approve', 'edit', 'reject', 'respond']) {
  const events: RunEvent[] = []
  const calls: unknown[] = []
  const tool: Tool = {
    kind: 'tool',
    name: 'send',
    tags: ['send'],
    description: '',
    inputSchema: {},
    call: async (input) => calls.push(input),
  }
  const ports = { ...testPorts(), ...(decision && { approvals: { ask: async () => decision } }) }
  const scope = { ports, emit: (event: RunEvent) => void events.push(event) }
  const answer = withApproval(scope, tool, 'Mail-1', actions).call({ to: 'ada' }, new AbortController().signal)
  return { answer, calls, events }
}

test('a tool that asks is called once it is allowed, and tells that it waits and waits no more', async () => {
  const { answer, calls, events } = asked({ action: 'approve' })
  await answer
  expect(calls).toEqual([{ to: 'ada' }])
  const request = {
    id: 'id-1',
    nodeId: 'Mail-1',
    tool: 'send',
    input: { to: 'ada' },
    actions: ['approve', 'edit', 'reject', 'respond'],
  }
  expect(events).toEqual([
    { type: 'approval-ask', request },
    { type: 'approval-end', requestId: 'id-1' },
  ])
})

test('it is called with the arguments somebody has put in their place', async () => {
  const { answer, calls } = asked({ action: 'edit', input: { to: 'bob' } })
  await answer
  expect(calls).toEqual([{ to: 'bob' }])
})

test('it is not called when it is refused or answered for', async () => {
  const refused = asked({ action: 'reject', text: 'Not today.' })
  await expect(refused.answer).rejects.toMatchObject({ code: 'tool_refused', args: ['send', 'Not today.'] })
  const answered = asked({ action: 'respond', text: 'It is sent.' })
  expect(await answered.answer).toBe('It is sent.')
  expect([...refused.calls, ...answered.calls]).toEqual([])
})

test('it is not called where nobody can be asked', async () => {
  const { answer, calls } = asked(undefined)
  await expect(answer).rejects.toMatchObject({ code: 'approval_impossible' })
  expect(calls).toEqual([])
})

test('one that asks for nothing that is known is called unasked', async () => {
  const { answer, calls, events } = asked(undefined, ['ponder'])
  await answer
  expect([calls.length, events.length]).toEqual([1, 0])
  expect(approvalActions(['reject', 'approve', 7])).toEqual(['approve', 'reject'])
  expect(approvalActions('approve')).toEqual([])
})
