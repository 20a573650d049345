import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatPython } from './python-format.ts'
import { data, dataFrame, message } from './values.ts'

const values = { name: 'Ada', n: 7, score: 2.675, big: 1234567.5, none: null, list: ['a', { b: 2 }], map: { 'x y': 1 } }

test.each([
  ['Hello {name}', 'Hello Ada'],
  ['{{{name}}} {{}}', '{Ada} {}'],
  ['{list[0]}{list[1][b]} {map[x y]} {list}', "a2 1 ['a', {'b': 2}]"],
  ['{name!r:>7}|{name!s}', "  'Ada'|Ada"],
  ['{none}', 'None'],
  ['{score:.2f} {n:>5} {n:05d} {n:+} {n:<3}|', '2.67     7 00007 +7 7  |'],
  ['{big:,.1f} {n:e} {n:%} {n:b} {n:#x} {score:g}', '1,234,567.5 7.000000e+00 700.000000% 111 0x7 2.675'],
  ['{name:*^9} {name:.2} {n:{n}}', '***Ada*** Ad       7'],
])('formats %j as Python does', (template, expected) => {
  expect(formatPython(template, values)).toBe(expected)
})

test('rounds ties to the even digit', () => {
  expect(formatPython('{a:.2f} {b:.0f} {c:.0f}', { a: 0.125, b: 2.5, c: 3.5 })).toBe('0.12 2 4')
})

test('names a missing key', () => {
  expect(() => formatPython('{title}', values)).toThrow("'title' is not in the data")
  expect(() => formatPython('{list[5]}', values)).toThrow("There is no '5' for '{list[5]}'")
})

test('takes what `missing` gives for a name that is not there', () => {
  expect(formatPython('[{title}]', {}, () => '')).toBe('[]')
})

test.each([
  '{constructor}',
  '{name.constructor}',
  '{list.length}',
  '{map.__proto__}',
  '{map[toString]}',
  '{n.toFixed}',
])('reads own entries only: %s is missing', (template) => {
  expect(() => formatPython(template, values)).toThrow(expect.objectContaining({ name: 'AppError' }))
})

test.each([
  '{',
  '}',
  '{name',
  '{}',
  '{0}',
  '{name!x}',
  '{name:.2f}',
  '{none:>5}',
  '{list[}',
  '{n:>999999}',
  '{n:{n:{n}}}',
])('refuses %s with a sentence', (template) => {
  expect(() => formatPython(template, values)).toThrow(
    expect.objectContaining({ code: 'invalid_field', message: expect.stringMatching(/\.$/) }),
  )
})

test('reads through records', () => {
  const records = {
    d: data({ a: 1 }),
    m: message('hi', { sender: 'User', extra: { mood: 'good' } }),
    t: dataFrame([{ a: 2 }]),
  }
  expect(formatPython('{d.a} {d[a]} {m} {m.sender} {m.mood} {t[0][a]}', records)).toBe('1 1 hi User good 2')
})

test('gives any text back when its braces are doubled', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(formatPython(text.replaceAll('{', '{{').replaceAll('}', '}}'), {})).toBe(text)
    }),
  )
})

test('puts any text in unchanged, braces and all', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(formatPython('<{text}>', { text })).toBe(`<${text}>`)
    }),
  )
})
