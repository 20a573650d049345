import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { combineText } from './combine-text.ts'

test.each([
  [{ text1: 'a', text2: 'b' }, 'a b'],
  [{ text1: 'a', text2: 'b', delimiter: '' }, 'ab'],
  [{ text2: 'b' }, ' b'],
])('puts %j together', async (inputs, text) => {
  const { combined_text } = await runComponent(combineText, inputs)
  expect(combined_text).toMatchObject({ text })
})
