import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLogBuffer, type LogLine } from './log-buffer.ts'

const texts = (lines: readonly LogLine[]) => lines.map(({ text }) => text)

function filled(size: number, times: readonly number[]) {
  let time = 0
  const buffer = createLogBuffer(size, () => time)
  times.forEach((at, index) => {
    time = at
    buffer.add(`line ${index}`)
  })
  return buffer
}

test('keeps the newest lines, oldest first', () => {
  const buffer = filled(3, [10, 20, 30, 40])
  expect(texts(buffer.before(10))).toEqual(['line 1', 'line 2', 'line 3'])
  expect(texts(buffer.before(2))).toEqual(['line 2', 'line 3'])
})

test('finds lines around a time, which belongs to both sides', () => {
  const buffer = filled(5, [10, 20, 30, 40])
  expect(texts(buffer.before(2, 30))).toEqual(['line 1', 'line 2'])
  expect(texts(buffer.before(9, 9))).toEqual([])
  expect(texts(buffer.after(2, 20))).toEqual(['line 1', 'line 2'])
  expect(texts(buffer.after(2, 41))).toEqual([])
})

test('lines of one millisecond, or of a clock that jumps back, have times of their own', () => {
  expect(filled(5, [10, 10, 5, 12]).before(9)).toEqual([
    { time: 10, text: 'line 0' },
    { time: 11, text: 'line 1' },
    { time: 12, text: 'line 2' },
    { time: 13, text: 'line 3' },
  ])
})

test('an empty buffer and one of no size have no lines', () => {
  expect(filled(5, []).before(10)).toEqual([])
  expect(filled(5, []).after(10, 0)).toEqual([])
  expect(filled(0, [1, 2]).before(10)).toEqual([])
})

test('answers what a list of all lines would', () => {
  const size = fc.integer({ min: 1, max: 8 })
  const times = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 30 })
  const count = fc.integer({ min: 0, max: 12 })
  fc.assert(
    fc.property(size, times, count, fc.integer({ min: 0, max: 60 }), (kept, given, wanted, time) => {
      const buffer = filled(kept, given)
      const all = filled(1000, given).before(1000).slice(-kept)
      const until = all.filter((line) => line.time <= time)
      expect(buffer.before(wanted)).toEqual(wanted === 0 ? [] : all.slice(-wanted))
      expect(buffer.before(wanted, time)).toEqual(wanted === 0 ? [] : until.slice(-wanted))
      expect(buffer.after(wanted, time)).toEqual(all.filter((line) => line.time >= time).slice(0, wanted))
    }),
  )
})

test('tells of new lines until it is told to stop, and cuts long ones', () => {
  const buffer = createLogBuffer(2, () => 1)
  const heard: number[] = []
  const stop = buffer.subscribe(({ text }) => void heard.push(text.length))
  buffer.add('x'.repeat(20_000))
  stop()
  buffer.add('after')
  expect(heard).toEqual([10_000])
})
