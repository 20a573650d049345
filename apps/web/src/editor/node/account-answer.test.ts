import { expect, test } from 'vitest'
import { accountAnswer, accountField } from './account-answer.ts'

test.each([
  [{ value: 'validated' }, { kind: 'connected' }],
  [{ value: 'disconnected' }, { kind: 'disconnected' }],
  [{ value: 'https://connect.test/x' }, { kind: 'disconnected', link: 'https://connect.test/x' }],
  [
    { value: 'error', auth_tooltip: 'No such key' },
    { kind: 'error', message: 'No such key' },
  ],
  [{ value: '' }, { kind: 'unknown' }],
  [undefined, { kind: 'unknown' }],
])('%j tells how an account stands', (entry, answer) => {
  expect(accountAnswer({ auth_link: entry }, 'auth_link')).toEqual(answer)
})

test('the field of an account is found by its kind', () => {
  const node = { display_name: 'Gmail', description: '', template: { key: { type: 'str' }, link: { type: 'auth' } } }
  expect(accountField(node)).toBe('link')
  expect(accountField({ ...node, template: {} })).toBeUndefined()
})
