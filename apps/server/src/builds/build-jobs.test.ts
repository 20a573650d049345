import { expect, test, vi } from 'vitest'
import { createLifecycle } from '../lifecycle.ts'
import { type BuildWork, createBuildJobs } from './build-jobs.ts'

const staying = new AbortController().signal
const says =
  (...records: readonly string[]): BuildWork =>
  async (log) => {
    for (const record of records) log.append(record)
    log.close()
  }
const untilAborted: BuildWork = (log, signal) => {
  log.append('begun')
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve()))
}

function jobsAt(start = 0, graceMs = 0) {
  let time = start
  const lifecycle = createLifecycle()
  const jobs = createBuildJobs({ lifecycle, now: () => time, graceMs, stopMs: 10 })
  let count = 0
  return {
    jobs,
    lifecycle,
    start: (work: BuildWork) => jobs.start({ id: `job-${count++}`, userId: 'ada', work, cancelled: 'cancelled' }),
    pass: (ms: number) => {
      time += ms
    },
  }
}

test('a finished build can be read again for an hour', async () => {
  const { jobs, start, pass } = jobsAt()
  const job = start(says('a', 'end'))
  expect(await Array.fromAsync(job.follow(staying))).toEqual(['a', 'end'])
  pass(3_599_000)
  expect(await Array.fromAsync(jobs.find(job.id).follow(staying))).toEqual(['a', 'end'])
  pass(2_000)
  expect(() => jobs.find(job.id)).toThrow('Job not found: Job queue not found for job_id: job-0')
})

test('the oldest finished builds go when they are too many or too large, running and fresh ones stay', async () => {
  const { jobs, start, pass } = jobsAt()
  const finished = async (work: BuildWork) => {
    const job = start(work)
    await Array.fromAsync(job.follow(staying))
    return job.id
  }
  const running = start(untilAborted)
  const large = await finished(says('x'.repeat(40_000_000)))
  const larger = await finished(says('y'.repeat(40_000_000)))
  expect(jobs.get(large)).toBeDefined()
  pass(61_000)
  expect(jobs.get(large)).toBeUndefined()
  expect(jobs.get(larger)).toBeDefined()
  for (let count = 0; count < 501; count++) await finished(says('end'))
  expect(jobs.get(larger)).toBeUndefined()
  expect(jobs.get(running.id)).toBeDefined()
})

test('a cancelled build ends with a record that says so', async () => {
  const { start, lifecycle } = jobsAt()
  const job = start(untilAborted)
  const reading = Array.fromAsync(job.follow(staying))
  await job.cancel()
  expect(await reading).toEqual(['begun', 'cancelled'])
  await job.cancel()
  expect(await Array.fromAsync(job.follow(staying))).toEqual(['begun', 'cancelled'])
  await lifecycle.idle()
})

test('readers of a cancelled build are let go although its work does not notice', async () => {
  const { start } = jobsAt()
  const { promise, resolve } = Promise.withResolvers<void>()
  const job = start(async (log) => {
    log.append('begun')
    await promise
    log.append('too late')
  })
  const reading = Array.fromAsync(job.follow(staying))
  await job.cancel()
  expect(await reading).toEqual(['begun', 'cancelled'])
  resolve()
})

test('the last reader who leaves cancels the build', async () => {
  const { start, lifecycle } = jobsAt()
  const job = start(untilAborted)
  const [first, second] = [new AbortController(), new AbortController()]
  const one = job.follow(first.signal)
  const two = job.follow(second.signal)
  await Promise.all([one.next(), two.next()])
  const ended = one.next()
  first.abort()
  await ended
  const waiting = two.next()
  second.abort()
  await waiting
  await lifecycle.idle()
  expect(await Array.fromAsync(job.follow(staying))).toEqual(['begun', 'cancelled'])
})

test('a reader who comes back in time finds the build going on', async () => {
  vi.useFakeTimers()
  try {
    const { start, lifecycle } = jobsAt(0, 15_000)
    const job = start(untilAborted)
    const leave = new AbortController()
    const reader = job.follow(leave.signal)
    await reader.next()
    const left = reader.next()
    leave.abort()
    await left
    await vi.advanceTimersByTimeAsync(14_000)
    const again = new AbortController()
    const back = job.follow(again.signal)
    expect((await back.next()).value).toBe('begun')
    await vi.advanceTimersByTimeAsync(60_000)
    const gone = back.next()
    again.abort()
    expect(await gone).toEqual({ done: true, value: undefined })
    await vi.advanceTimersByTimeAsync(15_000)
    await lifecycle.idle()
    expect(await Array.fromAsync(job.follow(staying))).toEqual(['begun', 'cancelled'])
  } finally {
    vi.useRealTimers()
  }
})

test('a build that has ended is not cancelled by leaving', async () => {
  const { start } = jobsAt()
  const job = start(says('a', 'end'))
  const leave = new AbortController()
  const reader = job.follow(leave.signal)
  await reader.next()
  leave.abort()
  await reader.next()
  expect(await Array.fromAsync(job.follow(staying))).toEqual(['a', 'end'])
})
