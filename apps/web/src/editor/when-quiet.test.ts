import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { whenQuiet } from './when-quiet.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function started() {
  const page = new EventTarget()
  const state = { isQuiet: false }
  const stop = whenQuiet(page, { forMs: 100, atMostMs: 1000 }, () => {
    state.isQuiet = true
  })
  const touch = (kind: string) => page.dispatchEvent(new Event(kind))
  return { state, stop, touch }
}

test('a page that nobody touches is quiet after a while', () => {
  const { state } = started()
  vi.advanceTimersByTime(99)
  expect(state.isQuiet).toBe(false)
  vi.advanceTimersByTime(1)
  expect(state.isQuiet).toBe(true)
})

test.each(['pointermove', 'pointerdown', 'wheel', 'keydown'])('%s makes it wait once more', (kind) => {
  const { state, touch } = started()
  vi.advanceTimersByTime(90)
  touch(kind)
  vi.advanceTimersByTime(99)
  expect(state.isQuiet).toBe(false)
  vi.advanceTimersByTime(1)
  expect(state.isQuiet).toBe(true)
})

test('a hand that never rests is not waited for', () => {
  const { state, touch } = started()
  for (let passed = 0; passed < 950; passed += 50) {
    touch('pointermove')
    vi.advanceTimersByTime(50)
  }
  expect(state.isQuiet).toBe(false)
  vi.advanceTimersByTime(50)
  expect(state.isQuiet).toBe(true)
})

test('nothing comes once it is taken back', () => {
  const { state, stop } = started()
  stop()
  vi.advanceTimersByTime(2000)
  expect(state.isQuiet).toBe(false)
})
