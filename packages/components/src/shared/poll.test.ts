import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { pause, poll } from './poll.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('asks at once and again after each pause until there is an answer', async () => {
  const answers = [undefined, undefined, 'done']
  const ask = vi.fn(async () => answers.shift())
  const polling = poll(ask, { everyMs: 3000, signal: new AbortController().signal })
  await vi.advanceTimersByTimeAsync(2999)
  expect(ask).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(3001)
  expect(await polling).toBe('done')
  expect(ask).toHaveBeenCalledTimes(3)
})

test('a pause ends with the run', async () => {
  const abort = new AbortController()
  const waiting = pause(60_000, abort.signal)
  abort.abort(new Error('cancelled'))
  await expect(waiting).rejects.toThrow('cancelled')
  expect(vi.getTimerCount()).toBe(0)
  await expect(pause(1, abort.signal)).rejects.toThrow('cancelled')
})
