import { expect, test } from 'vitest'
import type { Sent } from './target-client.ts'
import { createTargetQueue } from './target-queue.ts'

const target = { id: 'opentelemetry', url: 'http://collector/v1/traces', headers: {}, resource: {} } as const
const OK: Sent = { ok: true, status: 200 }
const passing = (retryAfterMs = 0): Sent => ({ ok: false, status: 503, error: 'busy', retryAfterMs })
const FINAL: Sent = { ok: false, status: 401, error: 'who are you', retryAfterMs: null }

/** A queue to a tool that answers so, one after the other, and well from then on; time goes on by what is waited. */
function queueTo(...answers: readonly Sent[]) {
  const plan = [...answers]
  const sent: number[] = []
  const waited: number[] = []
  let time = 0
  const queue = createTargetQueue({
    target,
    send: async (_target, scopes) => {
      sent.push(scopes[0]?.[0] ?? -1)
      return plan.shift() ?? OK
    },
    now: () => time,
    wait: async (ms) => {
      waited.push(ms)
      time += ms
    },
  })
  return { queue, sent, waited }
}
const batch = (mark: number, bytes = 1) => ({ runs: 1, scopes: [new Uint8Array(bytes).fill(mark)] })
const closed = () => new AbortController().signal

test('batches are sent one after the other, again after longer and longer waits', async () => {
  const { queue, sent, waited } = queueTo(passing(), passing(7000), passing())
  queue.add(batch(1))
  queue.add(batch(2))
  await expect.poll(() => queue.state().sent).toBe(2)
  expect(sent).toEqual([1, 1, 1, 1, 2])
  // The second as long as the tool asked for.
  expect(waited).toEqual([1000, 7000, 4000])
  expect(queue.state()).toMatchObject({ lost: 0, waiting: 0, last: { ok: true, error: null } })
})

test('what is refused for good is not sent again, and what is behind it is', async () => {
  const { queue, sent, waited } = queueTo(FINAL)
  queue.add(batch(1))
  queue.add(batch(2))
  await expect.poll(() => queue.state().sent).toBe(1)
  expect([sent, waited, queue.state().lost]).toEqual([[1, 2], [], 1])
})

test('a tool that is away for minutes loses runs, and is told why', async () => {
  const { queue, waited } = queueTo(...Array.from({ length: 100 }, () => passing()))
  queue.add(batch(1))
  await expect.poll(() => queue.state().lost).toBe(1)
  expect(waited.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(300_000)
  expect(Math.max(...waited)).toBe(30_000)
  expect(queue.state()).toMatchObject({ sent: 0, waiting: 0, last: { ok: false, error: 'busy' } })
})

test('only so many bytes wait', async () => {
  const held = Promise.withResolvers<Sent>()
  const queue = createTargetQueue({ target, send: () => held.promise, now: () => 0 })
  for (let mark = 0; mark < 5; mark++) queue.add(batch(mark, 4 * 1024 * 1024))
  expect(queue.state()).toMatchObject({ waiting: 4, lost: 1 })
  held.resolve(OK)
  await expect.poll(() => queue.state().sent).toBe(4)
})

test('at the end what waits is tried once more, and not longer than allowed', async () => {
  let calls = 0
  const queue = createTargetQueue({
    target,
    now: () => 0,
    send: async () => {
      calls++
      return calls === 1 ? passing(60_000) : OK
    },
  })
  queue.add(batch(1))
  await expect.poll(() => queue.state().last?.ok).toBe(false)
  await queue.close(closed())
  expect(queue.state()).toMatchObject({ sent: 1, lost: 0 })

  const deaf = createTargetQueue({
    target,
    now: () => 0,
    send: (_target, _scopes, signal) =>
      new Promise((resolve) => {
        const end = () => resolve({ ok: false, status: null, error: 'ended', retryAfterMs: 0 })
        if (signal.aborted) end()
        signal.addEventListener('abort', end)
      }),
  })
  deaf.add(batch(1))
  await deaf.close(AbortSignal.abort())
  expect(deaf.state()).toMatchObject({ sent: 0, lost: 1 })
})
