import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changeOf, linePath, mostOf, niceEnd, stackedBars } from './chart-layout.ts'

const area = { width: 100, height: 10, end: 10 }

test('bars stand on those below them, and fill the height when they reach the end', () => {
  const [below, above] = stackedBars(
    [
      [4, 0],
      [6, 5],
    ],
    area,
  )
  expect(below?.map(({ y, height }) => [y, height])).toEqual([
    [6, 4],
    [10, 0],
  ])
  expect(above?.map(({ y, height }) => [y, height])).toEqual([
    [0, 6],
    [5, 5],
  ])
})

test('bars stay within their area whatever the values', () => {
  const counts = fc.array(fc.nat(1_000_000), { minLength: 5, maxLength: 5 })
  fc.assert(
    fc.property(counts, counts, (one, two) => {
      const end = niceEnd(mostOf([one, two], true))
      for (const bar of stackedBars([one, two], { ...area, end }).flat()) {
        expect(bar.y).toBeGreaterThanOrEqual(-1e-9)
        expect(bar.y + bar.height).toBeLessThanOrEqual(10 + 1e-9)
        expect(bar.x + bar.width).toBeLessThanOrEqual(100)
      }
    }),
  )
})

test('a line stops where nothing is known, and one value alone is a dash', () => {
  expect(linePath([1, 2, null, 10], area)).toBe('M12.5,9L37.5,8M75,0h25')
  expect(linePath([null, null], area)).toBe('')
})

test('the most of a chart is a slot’s sum, or its highest line', () => {
  const series = [
    [1, 2],
    [3, null],
  ]
  expect([mostOf(series, true), mostOf(series, false), mostOf([], true)]).toEqual([4, 3, 0])
})

test('an axis ends with a round number, also below one', () => {
  expect([0, 0.0034, 1, 7, 23, 51].map(niceEnd)).toEqual([1, 0.005, 1, 10, 50, 100])
})

test('what was nothing or is not known has no change', () => {
  expect([changeOf(3, 2), changeOf(1, 2), changeOf(1, 0), changeOf(null, 1), changeOf(1, undefined)]).toEqual([
    0.5,
    -0.5,
    undefined,
    undefined,
    undefined,
  ])
})
