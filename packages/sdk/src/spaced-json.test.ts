import fc from 'fast-check'
import { expect, test } from 'vitest'
import { spacedJson } from './spaced-json.ts'

test.each([
  [{ result: '42' }, '{"result": "42"}'],
  [{ a: [1, { b: null }], c: {}, d: [] }, '{"a": [1, {"b": null}], "c": {}, "d": []}'],
  ['a, b: c\n  d', '"a, b: c\\n  d"'],
  [undefined, 'null'],
])('writes %j with a blank after commas and colons', (value, text) => {
  expect(spacedJson(value)).toBe(text)
})

test('reads back as the same value, on one line', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(spacedJson(value)).not.toContain('\n')
      expect(JSON.parse(spacedJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})
