import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countOf, joinSketches, sketchOf } from './session-sketch.ts'

const names = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => `session ${from + at}`)

test('a few hundred names are counted exactly, whoever saw them and however often', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.nat(400), { maxLength: 60 }), { maxLength: 8 }), (groups) => {
      const joined = joinSketches(groups.map((group) => sketchOf(group.map(String))))
      expect(countOf(joined)).toBe(new Set(groups.flat()).size)
    }),
  )
})

test('many names are told within a tenth, also when they were counted in parts that overlap', () => {
  const parts = Array.from({ length: 40 }, (_, at) => sketchOf(names(at * 1000, at * 1000 + 2000)))
  const count = countOf(joinSketches(parts))
  expect(count).toBeGreaterThan(41_000 * 0.9)
  expect(count).toBeLessThan(41_000 * 1.1)
  expect(joinSketches(parts)).toEqual(sketchOf(names(0, 41_000)))
})
