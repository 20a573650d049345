import { expect, test } from 'vitest'
import { createApprovals } from './approvals.ts'

const request = { id: 'r-1', nodeId: 'n', tool: 't', input: {}, actions: ['approve'] as const }

test('only the user of the run decides, once, and in a way that is offered', async () => {
  const approvals = createApprovals()
  const waiting = approvals.of('ada').ask(request, new AbortController().signal)
  const decide = (user: string, action: 'approve' | 'respond') => () =>
    approvals.decide(user, 'r-1', action === 'approve' ? { action } : { action, text: '' })
  expect(decide('eve', 'approve')).toThrow(expect.objectContaining({ code: 'approval_closed' }))
  expect(decide('ada', 'respond')).toThrow(expect.objectContaining({ code: 'approval_not_offered' }))
  decide('ada', 'approve')()
  expect(await waiting).toEqual({ action: 'approve' })
  expect(decide('ada', 'approve')).toThrow(expect.objectContaining({ code: 'approval_closed' }))
})

test('what waits ends with its run', async () => {
  const approvals = createApprovals()
  const run = new AbortController()
  const waiting = approvals.of('ada').ask(request, run.signal)
  run.abort(new Error('stopped'))
  await expect(waiting).rejects.toThrow('stopped')
  expect(() => approvals.decide('ada', 'r-1', { action: 'approve' })).toThrow(
    expect.objectContaining({ code: 'approval_closed' }),
  )
})
