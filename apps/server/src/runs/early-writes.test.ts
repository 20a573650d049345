import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { writeTogether } from './early-writes.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('runs that began at different moments are written in one turn, each once and none at once', async () => {
  const turns: number[] = []
  const began = Date.now()
  for (let run = 0; run < 3; run++) {
    writeTogether(() => turns.push(Date.now() - began))
    await vi.advanceTimersByTimeAsync(40)
  }
  expect(turns).toEqual([])
  await vi.runAllTimersAsync()
  expect(turns).toHaveLength(3)
  expect(new Set(turns).size).toBe(1)
})

test('a run that has ended before is not written, and the next one is', async () => {
  const written: string[] = []
  writeTogether(() => written.push('short'))()
  writeTogether(() => written.push('long'))
  await vi.runAllTimersAsync()
  writeTogether(() => written.push('later'))
  await vi.runAllTimersAsync()
  expect(written).toEqual(['long', 'later'])
})
