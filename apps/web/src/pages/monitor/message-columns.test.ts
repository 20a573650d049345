import { expect, test } from 'vitest'
import { fileCount, messageTokens, thumbOf } from './message-columns.ts'

test('files and tokens are counted as the server writes them', () => {
  expect(fileCount({ files: '["a.png","b.png"]' })).toBe(2)
  expect(fileCount({ files: '' })).toBe(0)
  expect(messageTokens({ properties: { usage: { input_tokens: 3, output_tokens: 4, total_tokens: 7 } } })).toBe(7)
  expect(messageTokens({ properties: { usage: null } })).toBeUndefined()
  expect([true, false, null].map((positive_feedback) => thumbOf({ properties: { positive_feedback } }))).toEqual([
    'up',
    'down',
    undefined,
  ])
})
