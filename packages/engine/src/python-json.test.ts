import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pythonJson } from './python-json.ts'

test('writes blanks after commas and colons, and escapes what is not ASCII', () => {
  const value = { 'a "b"': [1, 2.5, -0, null, true], 名: '你好 😀', empty: {}, none: [], text: 'a, b: c' }
  expect(pythonJson(value)).toBe(
    '{"a \\"b\\"": [1, 2.5, 0, null, true], "\\u540d": "\\u4f60\\u597d \\ud83d\\ude00", "empty": {}, "none": [], "text": "a, b: c"}',
  )
})

test('leaves out what is undefined and makes what is no number null', () => {
  expect(pythonJson({ a: undefined, b: [undefined], c: Number.NaN, d: Number.POSITIVE_INFINITY })).toBe(
    '{"b": [null], "c": null, "d": null}',
  )
})

test('reads back as JSON.stringify does', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = pythonJson(value)
      expect(text).toMatch(/^[\0-\x7f]*$/)
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})
