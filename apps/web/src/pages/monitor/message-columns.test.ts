import { expect, test } from 'vitest'
import { chosenColumns, fileCount, messageTokens } from './message-columns.ts'

const names = (stored: string | null) => chosenColumns(stored).map(({ name }) => name)

test('the usual columns are shown until others are chosen, and the text always is', () => {
  expect(names(null)).toEqual(['time', 'flow', 'sender', 'senderName', 'text', 'session'])
  expect(names('tokens,time,nonsense')).toEqual(['time', 'text', 'tokens'])
  expect(names('')).toEqual(['text'])
})

test('files and tokens are counted as the server writes them', () => {
  expect(fileCount({ files: '["a.png","b.png"]' })).toBe(2)
  expect(fileCount({ files: '' })).toBe(0)
  expect(messageTokens({ properties: { usage: { input_tokens: 3, output_tokens: 4, total_tokens: 7 } } })).toBe(7)
  expect(messageTokens({ properties: { usage: null } })).toBeUndefined()
})
