import { expect, test } from 'vitest'
import { promptTokens, promptVariables, validVariableName } from './prompt-template.ts'

const single = { doubled: false }
const doubled = { doubled: true }

test.each([
  ['Tell {who} about {topic}, {who}. {名字} {_x1}', ['who', 'topic', '名字', '_x1']],
  ['{first-name} {a+b} {größe} {x@y} {two_3}', ['first-name', 'a+b', 'größe', 'x@y', 'two_3']],
  ['{{a}} {{{b}}} {{{{c}}}} {{{{{d}}}}}', ['b', 'd']],
  ['{a b} { a } {a,b} {a.b} {a:b} {a;b} {a!} {a?} {a/b} {a\\b} {f(x)} {a[0]} {a\nb} {a\tb}', []],
  ['{} { } {1} {1st} {"a": 1}', []],
])('finds the variables of %j', (template, expected) => {
  expect(promptVariables(template, single)).toEqual(expected)
})

test('doubled braces may mark variables, with space around the name; then single ones are text', () => {
  expect(promptVariables('{a} {{ first-name }} {{b c}} {{b}}', doubled)).toEqual(['first-name', 'b'])
})

test('tells where variables, braces and wrong names are', () => {
  expect(promptTokens('a {first name} {{{b}}}', single)).toEqual([
    { kind: 'invalid', from: 2, text: '{first name}', name: 'first name' },
    { kind: 'brace', from: 15, text: '{{', name: '' },
    { kind: 'variable', from: 17, text: '{b}', name: 'b' },
    { kind: 'brace', from: 20, text: '}}', name: '' },
  ])
})

test.each([
  ['first name', 'first_name'],
  [' name ', 'name'],
  ['a.b[0]', 'a_b_0_'],
  ['1st-name', '_1st-name'],
])('offers a name for %j', (wrong, instead) => {
  expect(validVariableName(wrong)).toBe(instead)
  expect(promptVariables(`{${instead}}`, single)).toEqual([instead])
})
