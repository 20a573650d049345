import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, expect, test, vi } from 'vitest'
import { onceQuiet, spareMemory, wheneverAtRest } from './spare-memory.ts'

afterEach(() => void vi.useRealTimers())

test('what nobody holds is gone, and the function that collects it is shown to nobody', async () => {
  const left = new WeakRef({ of: 'a start' })
  // In the turn that made it, a weak reference holds what it refers to.
  await turn()
  spareMemory()
  expect(left.deref()).toBeUndefined()
  expect(globalThis.gc).toBeUndefined()
})

test('a second without a request, and with none open, is quiet; it is noticed once', () => {
  vi.useFakeTimers()
  const seen: (number | undefined)[] = []
  const counts = [1, undefined, undefined, 3, 4, 4, 4, 4]
  const work = vi.fn(() => void seen.push(-1))
  onceQuiet(() => {
    const count = counts[seen.length]
    seen.push(count)
    return count
  }, work)

  vi.advanceTimersByTime(20_000)
  expect(seen).toEqual([1, undefined, undefined, 3, 4, 4, -1])
})

test('a minute at rest is noticed each time after there was something to do', () => {
  vi.useFakeTimers()
  const minutes = [0.3, 0.002, 0.001, 0.004, 0.02, 0.5, 0]
  let minute = -1
  const rested: number[] = []
  const look = (since?: { readonly utilization: number }) => {
    if (since) minute++
    return { idle: 0, active: 0, utilization: minutes[minute] ?? 0 }
  }
  wheneverAtRest(() => void rested.push(minute), look)

  vi.advanceTimersByTime(minutes.length * 60_000)
  expect(rested).toEqual([1, 6])
})
