import { expect, test } from 'vitest'
import { promptParts } from './prompt-variables.ts'

test('marks names that can be no variable', () => {
  expect(promptParts('a {first name} b', false)).toEqual([
    { from: 0, text: 'a ', kind: 'text' },
    { from: 2, text: '{first name}', kind: 'invalid', name: 'first name' },
    { from: 14, text: ' b', kind: 'text' },
  ])
})

test('marks names with hyphens, and leaves doubled braces in the text', () => {
  expect(promptParts('{{a}} {first-name}', false)).toEqual([
    { from: 0, text: '{{a}} ', kind: 'text' },
    { from: 6, text: '{first-name}', kind: 'variable', name: 'first-name' },
  ])
})

test('the parts are the whole prompt', () => {
  const text = 'x {{y}} {z} {q r}\n{z}'
  expect(
    promptParts(text, false)
      .map((part) => part.text)
      .join(''),
  ).toBe(text)
})
