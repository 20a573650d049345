import { expect, test } from 'vitest'
import { promptParts, promptVariables } from './prompt-variables.ts'

test('finds variables in order of first use, each once', () => {
  expect(promptVariables('Tell {who} about {topic}, {who}. {名字}', false)).toEqual(['who', 'topic', '名字'])
})

test('takes doubled braces for braces of the text, and what is inside for a variable of its own', () => {
  expect(promptVariables('{{not}} {yes} {{{both}}}', false)).toEqual(['yes', 'both'])
  expect(promptVariables('{{name}} and {other}', true)).toEqual(['name'])
})

test('marks names that can be no variable', () => {
  expect(promptParts('a {first name} b', false)).toEqual([
    { from: 0, text: 'a ', kind: 'text' },
    { from: 2, text: '{first name}', kind: 'invalid', name: 'first name' },
    { from: 14, text: ' b', kind: 'text' },
  ])
  expect(promptVariables('{1st} {a.b} {}', false)).toEqual([])
})

test('the parts are the whole prompt', () => {
  const text = 'x {{y}} {z} {q r}\n{z}'
  expect(
    promptParts(text, false)
      .map((part) => part.text)
      .join(''),
  ).toBe(text)
})
