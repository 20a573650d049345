import type { WaitingFlow } from '@runnel/storage/job-repository'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextFlow, nextRuns, type RunningRun } from './fair-share.ts'

const SLOTS = 4
const waits = (flowId: string, userId = 'ada', first = flowId): WaitingFlow => ({ flowId, userId, first, runs: 1 })
const run = (flowId: string, userId = 'ada'): RunningRun => ({ flowId, userId })
const times = (count: number, one: RunningRun) => Array.from({ length: count }, () => one)

test('a flow that is alone takes every slot, and no more', () => {
  expect(nextFlow([waits('a')], times(3, run('a')), SLOTS)).toBe('a')
  expect(nextFlow([waits('a')], times(4, run('a')), SLOTS)).toBeUndefined()
})

test('a flow with half of the slots lets another one go first', () => {
  expect(nextFlow([waits('a'), waits('b')], times(2, run('a')), SLOTS)).toBe('b')
})

test('among flows that run equally little, the one that has waited longest comes first', () => {
  expect(nextFlow([waits('a', 'ada', '2'), waits('b', 'ada', '1')], [], SLOTS)).toBe('b')
})

test('a flow that hangs in every slot does not keep another one out', () => {
  const hanging = times(4, run('a'))
  expect(nextFlow([waits('a'), waits('b')], hanging, SLOTS)).toBe('b')
  expect(nextFlow([waits('b')], [...hanging, ...times(2, run('b'))], SLOTS)).toBeUndefined()
})

test('a user whose flows hang in every slot does not keep another one out', () => {
  const hanging = [...times(2, run('a')), ...times(2, run('b'))]
  expect(nextFlow([waits('c'), waits('d', 'bob')], hanging, SLOTS)).toBe('d')
})

test('half of an odd number of slots is rounded up: two users then fill it, and neither goes beyond it', () => {
  const running = [...times(2, run('a')), run('d', 'bob')]
  expect(nextFlow([waits('b'), waits('d', 'bob')], running, 3)).toBeUndefined()
})

test('free slots are shared out at once', () => {
  const waiting = [
    { ...waits('a'), runs: 9 },
    { ...waits('b'), runs: 1 },
  ]
  expect(nextRuns(waiting, [], SLOTS)).toEqual(new Map(Object.entries({ a: 3, b: 1 })))
  expect(nextRuns(waiting, times(3, run('a')), SLOTS)).toEqual(new Map([['b', 1]]))
})

test('nothing waits, nothing begins', () => {
  expect(nextFlow([], [], SLOTS)).toBeUndefined()
})

test('however they come, nobody takes more than half while another waits with less, and the slots are used', () => {
  const flows = ['a', 'b', 'c', 'd', 'e'].map((flowId, at) => ({ flowId, userId: at < 3 ? 'ada' : 'bob' }))
  const step = fc.record({ flow: fc.nat({ max: 4 }), ends: fc.boolean() })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), fc.integer({ min: 1, max: 9 }), (steps, slots) => {
      const half = Math.ceil(slots / 2)
      const waiting = new Map<string, number>()
      const running: RunningRun[] = []
      for (const { flow, ends } of steps) {
        const { flowId = '' } = flows[flow] ?? {}
        if (ends) running.splice(0, 1)
        else waiting.set(flowId, (waiting.get(flowId) ?? 0) + 1)
        for (;;) {
          const asked = flows.flatMap((one) => (waiting.get(one.flowId) ? [waits(one.flowId, one.userId)] : []))
          const next = nextFlow(asked, running, slots)
          if (next === undefined) {
            expect(asked.length === 0 || running.length >= slots).toBe(true)
            break
          }
          const chosen = flows.find((one) => one.flowId === next) ?? expect.unreachable()
          const count = (user: string) => running.filter((one) => one.userId === user).length
          const others = asked.filter((one) => one.userId !== chosen.userId)
          if (count(chosen.userId) >= half) {
            for (const other of others) expect(count(other.userId)).toBeGreaterThanOrEqual(count(chosen.userId))
          }
          waiting.set(next, (waiting.get(next) ?? 0) - 1)
          running.push(chosen)
          expect(running.length).toBeLessThanOrEqual(2 * slots)
        }
      }
    }),
  )
})
