import { message } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { compare, conditionalRouter } from './conditional-router.ts'

const equal = { input_text: 'yes', match_text: 'yes' }
const different = { input_text: 'no', match_text: 'yes' }

test('goes on along the true route with the text, and stops the other', async () => {
  const { true_result, false_result, $stopped } = await runComponent(conditionalRouter, equal)
  expect([true_result, false_result]).toMatchObject([{ text: 'yes' }, { text: '' }])
  expect(new Set($stopped)).toEqual(new Set(['false_result']))
})

test('goes on along the false route, whichever output is asked for', async () => {
  const run = await runComponent(conditionalRouter, different, { outputs: ['true_result'] })
  expect(run.true_result).toMatchObject({ text: '' })
  expect(run.$stopped).toEqual(['true_result'])
})

test('gives the message of the case, and that of nodes up to 1.5', async () => {
  const cased = await runComponent(conditionalRouter, { ...equal, true_case_message: message('fine', { id: 'm-1' }) })
  expect(cased.true_result).toMatchObject({ text: 'fine', id: 'm-1' })
  const blank = await runComponent(conditionalRouter, { ...equal, true_case_message: message(' ') })
  expect(blank.true_result).toMatchObject({ text: 'yes' })
  const old = await runComponent(conditionalRouter, different, { dynamic: { message: 'old' } })
  expect(old.false_result).toMatchObject({ text: 'old' })
})

test('takes only the default route from the last round on', async () => {
  const state = new Map<string, unknown>()
  const stopped = []
  for (const _round of [1, 2, 3, 4]) {
    const { $stopped } = await runComponent(conditionalRouter, { ...equal, max_iterations: 3 }, { state })
    stopped.push(new Set($stopped))
  }
  expect(stopped.map((outputs) => [...outputs])).toEqual([
    ['false_result'],
    ['false_result'],
    ['true_result'],
    ['true_result'],
  ])
})

test.each([
  ['Yes', 'equals', 'yes', false],
  ['Yes', 'not equals', 'yes', true],
  ['say yes', 'contains', 'yes', true],
  ['say yes', 'starts with', 'say', true],
  ['say yes', 'ends with', 'say', false],
  ['abc', 'regex', 'A', false],
  ['abc', 'regex', '[a-c]+', true],
  ['abc', 'regex', '(', false],
  ['9', 'less than', '10', true],
  ['10', 'less than or equal', '10.0', true],
  ['9', 'greater than', '10', false],
  [' 1e3 ', 'greater than or equal', '1000', true],
  ['abc', 'less than', '10', false],
  ['', 'less than', '10', false],
] as const)('%j %s %j is %j', (text, operator, match, expected) => {
  expect(compare(text, operator, match, { case_sensitive: true })).toBe(expected)
})

test('ignores capitals when told to, except in an expression', () => {
  expect(compare('YES', 'equals', 'yes', { case_sensitive: false })).toBe(true)
  expect(compare('YES', 'regex', 'yes', { case_sensitive: false })).toBe(false)
})
