import { expect, test } from 'vitest'
import { createRunClock } from './run-clock.ts'

const build = (timestamp: string, timedelta: number) => ({ timestamp, data: { timedelta } })

test('nodes were at work when the server says, by the clock of the browser', () => {
  let now = Date.parse('2030-01-01T00:00:10.000Z')
  const clock = createRunClock(() => now)
  // The server is an hour behind, and tells both at once although they ended apart.
  expect(clock.timesOf(build('2029-12-31T23:00:00.000000Z', 0.5))).toEqual({ startedAt: now - 500, endedAt: now })
  now += 3
  const second = clock.timesOf(build('2029-12-31T23:00:02.000000Z', 1.5))
  expect(second).toEqual({ startedAt: now - 3 + 500, endedAt: now - 3 + 2000 })
})

test('a node whose time is not told has ended now', () => {
  expect(createRunClock(() => 7).timesOf({ data: {} })).toEqual({ endedAt: 7 })
})
