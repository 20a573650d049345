import { expect, test } from 'vitest'
import { afterHyphen, escapeLike, inParentheses, nextFreeName } from './unique-name.ts'

test('a free name stays as it is, also when numbered ones are taken', () => {
  expect(nextFreeName('Flow', [], inParentheses)).toBe('Flow')
  expect(nextFreeName('Flow', ['Flow (1)'], inParentheses)).toBe('Flow')
})

test('a taken name gets the number after the highest', () => {
  expect(nextFreeName('Flow', ['Flow', 'Flow (2)', 'Flow (10)', 'Flow (3) (40)'], inParentheses)).toBe('Flow (11)')
  expect(nextFreeName('Flow (1)', ['Flow (1)'], inParentheses)).toBe('Flow (1) (1)')
  expect(nextFreeName('chat', ['chat', 'chat-1', 'chat-x9'], afterHyphen)).toBe('chat-2')
})

test('signs with a meaning in LIKE are escaped', () => {
  expect(escapeLike('50%_\\')).toBe('50\\%\\_\\\\')
})
