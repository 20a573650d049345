import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { regexExtractor } from './regex-extractor.ts'

test.each([
  ['\\d+', 'a1 b22', ['1', '22'], '1\n22'],
  ['(\\w)\\d', 'a1 b2', ['a', 'b'], 'a\nb'],
  [
    '(\\w)(\\d)',
    'a1 b2',
    [
      ['a', '1'],
      ['b', '2'],
    ],
    'a, 1\nb, 2',
  ],
  ['(?P<name>x)?', 'axb', ['x'], 'x'],
  ['z', 'abc', [], 'No matches found'],
])('finds %s in %s', async (pattern, input_text, matches, shown) => {
  const { data, text } = await runComponent(regexExtractor, { pattern, input_text })
  expect(data).toMatchObject(matches.map((match) => ({ data: { match } })))
  expect(text).toMatchObject({ text: shown })
})

test.each([
  ['(', 'x', 'is no regular expression'],
  ['(a+)+$', `${'a'.repeat(40)}b`, 'takes longer than a second'],
])('says in its result what is wrong with %s', async (pattern, input_text, why) => {
  const { data, text } = await runComponent(regexExtractor, { pattern, input_text }, { outputs: ['data', 'text'] })
  expect(data).toMatchObject([{ data: { error: expect.stringContaining(why) } }])
  expect(text).toMatchObject({ text: expect.stringContaining('Invalid regex pattern') })
})
