import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutPayload, type KnownCuts } from './cut-payload.ts'

test('what is short stays as it is', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const plain: unknown = JSON.parse(JSON.stringify(value))
      expect(cutPayload(plain, 1_000_000).value).toEqual(plain)
    }),
  )
})

test('what is cut says how much is missing', () => {
  expect(cutPayload({ a: 'x'.repeat(9000) }, 100_000).value).toEqual({
    a: `${'x'.repeat(8000)}… [1000 more characters]`,
  })
  const list = cutPayload(
    Array.from({ length: 300 }, () => ({})),
    100_000,
  ).value
  expect(Array.isArray(list) && list.at(-1)).toBe('… [100 more]')
})

test('what JSON does not know becomes a word', () => {
  const vector = Array.from({ length: 1536 }, () => 0.5)
  const value = { bytes: new Uint8Array(3), vector, call: () => {}, none: undefined, big: 1n, nan: Number.NaN }
  expect(cutPayload(value, 1000).value).toEqual({
    bytes: '[3 bytes]',
    vector: '[1536 numbers]',
    big: '[bigint]',
    nan: 'NaN',
  })
  const loop: Record<string, unknown> = {}
  loop.self = loop
  expect(JSON.stringify(cutPayload(loop, 1000).value)).toContain('[…]')
})

test('what was cut before is cut the same way, unless there is too little room for it now', () => {
  const known: KnownCuts = new WeakMap()
  const turns = [{ role: 'user', content: 'x'.repeat(9000) }]
  const first = cutPayload(turns, 100_000, known)
  const again = cutPayload([...turns, { role: 'assistant', content: 'y' }], 100_000, known)
  expect(again).toEqual(cutPayload([...turns, { role: 'assistant', content: 'y' }], 100_000))
  expect(Array.isArray(again.value) && again.value[0]).toBe(Array.isArray(first.value) && first.value[0])
  expect(cutPayload(turns, 100, known)).toEqual(cutPayload(turns, 100))
  expect(cutPayload(turns, 100_000, known)).toEqual(first)
})
