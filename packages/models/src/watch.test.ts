import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createWatch } from './watch.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'performance'] })
})
afterEach(() => {
  vi.runAllTimers()
  vi.useRealTimers()
})

/** A watch, and what it told. */
function watching() {
  const told: [string, number][] = []
  return { told, ...createWatch<string>((phase, limitMs) => told.push([phase, limitMs])) }
}

test('tells once when a phase takes longer than it may', () => {
  const { told, within } = watching()
  within('connect', 100)
  vi.advanceTimersByTime(99)
  expect(told).toEqual([])
  vi.advanceTimersByTime(500)
  expect(told).toEqual([['connect', 100]])
})

test('begins anew with each piece', () => {
  const { told, within } = watching()
  for (let piece = 0; piece < 10; piece++) {
    within('idle', 100)
    vi.advanceTimersByTime(90)
  }
  expect(told).toEqual([])
  vi.advanceTimersByTime(20)
  expect(told).toEqual([['idle', 100]])
})

test('a sign of life puts it off, also one that comes while its time is up', () => {
  const told: string[] = []
  let lastSign = 0
  const { within } = createWatch<string>(
    (phase) => told.push(phase),
    () => lastSign,
  )
  within('idle', 100)
  vi.advanceTimersByTime(90)
  lastSign = performance.now()
  vi.advanceTimersByTime(90)
  expect(told).toEqual([])
  // What is due is judged a turn later; what this process has read until then counts.
  setTimeout(() => {
    lastSign = performance.now()
  }, 10)
  vi.advanceTimersByTime(100)
  expect(told).toEqual([])
  vi.advanceTimersByTime(100)
  expect(told).toEqual(['idle'])
})

test('is silent once it is stopped, and watches again when asked', () => {
  const { told, within, stop } = watching()
  within('idle', 100)
  stop()
  vi.advanceTimersByTime(1000)
  expect(told).toEqual([])
  within('idle', 50)
  vi.advanceTimersByTime(60)
  expect(told).toEqual([['idle', 50]])
})

test('the shortest of many is told first, each in its time', () => {
  const watches = [300, 100, 200].map((limitMs) => ({ limitMs, ...watching() }))
  for (const { within, limitMs } of watches) within('first byte', limitMs)
  const counts = () => watches.map(({ told }) => told.length)
  vi.advanceTimersByTime(101)
  expect(counts()).toEqual([0, 1, 0])
  vi.advanceTimersByTime(100)
  expect(counts()).toEqual([0, 1, 1])
  vi.advanceTimersByTime(100)
  expect(counts()).toEqual([1, 1, 1])
})
