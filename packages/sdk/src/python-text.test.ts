import { expect, test } from 'vitest'
import { pyNumber, pyRepr, pyStr } from './python-text.ts'
import { data, dataFrame, message } from './values.ts'

test('prints nothing, truth and numbers as Python does', () => {
  expect([undefined, null, true, false, 3, -0.5, 1e21, 0.00001, 1e-7, Number.NaN, -Infinity].map(pyStr)).toEqual([
    'None',
    'None',
    'True',
    'False',
    '3',
    '-0.5',
    '1e+21',
    '1e-05',
    '1e-07',
    'nan',
    '-inf',
  ])
  expect(pyNumber(123456.789)).toBe('123456.789')
  expect(pyStr(12n)).toBe('12')
})

test('prints lists and objects as Python literals', () => {
  expect(pyStr({ a: 1, b: [true, null, 'x'], c: {} })).toBe("{'a': 1, 'b': [True, None, 'x'], 'c': {}}")
})

test('leaves text alone outside of lists, and quotes it inside', () => {
  expect(pyStr("it's")).toBe("it's")
  expect(pyRepr("it's")).toBe(`"it's"`)
  expect(pyRepr(`'"`)).toBe(`'\\'"'`)
  expect(pyRepr('a\tb\nc\\')).toBe("'a\\tb\\nc\\\\'")
})

test('shows characters that cannot be printed by number, and others as they are', () => {
  expect(pyRepr('\x1b\u00a0\u2028é😀\u{e0001}\ud800')).toBe("'\\x1b\\xa0\\u2028é😀\\U000e0001\\ud800'")
})

test('prints records by what they hold', () => {
  expect(pyStr(message('hi'))).toBe('hi')
  expect(pyStr(data({ a: 1 }))).toBe('{\n    "a": 1\n}')
  expect(pyStr([message('hi'), data({ a: 1 }), dataFrame([{ a: 1 }])])).toBe("['hi', {'a': 1}, [{'a': 1}]]")
  expect(pyStr([new Date(0)])).toBe("['1970-01-01T00:00:00.000Z']")
})
