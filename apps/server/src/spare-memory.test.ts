import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, expect, test, vi } from 'vitest'
import { onceQuiet, spareMemory } from './spare-memory.ts'

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
