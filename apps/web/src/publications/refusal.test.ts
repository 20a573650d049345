import { ClientError } from '@runnel/client'
import { expect, test } from 'vitest'
import { refusalOf } from './refusal.ts'

const problem = { code: 'broken_edge', message: 'An edge leads nowhere.', node_id: 'n' }
const change = { kind: 'input_removed' as const, name: 'text', message: 'The input text is gone.' }

test('a refusal lists what to mend, what callers would trip over, or says a sentence', () => {
  expect(refusalOf(new ClientError(400, { code: 'x', message: 'm', problems: [problem] }))).toEqual({
    problems: [problem],
  })
  expect(refusalOf(new ClientError(409, { code: 'x', message: 'm', changes: [change] }))).toEqual({
    breaking: [change],
  })
  expect(refusalOf(new ClientError(423, 'The flow is locked.'))).toEqual({ message: 'The flow is locked.' })
  expect(refusalOf(new TypeError('no network'))).toEqual({ message: 'no network' })
})
