import type { RunFigures } from '@runnel/storage/run-figures'
import { anAlert } from '@runnel/storage/test-records'
import { expect, test } from 'vitest'
import { judge, measured } from './alert-rule.ts'

const none: RunFigures = { begun: 0, ended: 0, failed: 0, cost: 0, p95Ms: null }

test.each([
  ['error_rate', { ...none, ended: 8, failed: 1 }, 12.5],
  ['error_rate', none, null],
  ['latency', { ...none, p95Ms: 2500 }, 2.5],
  ['latency', none, null],
  ['spend', { ...none, cost: 1_250_000_000 }, 1.25],
  ['no_runs', { ...none, begun: 3 }, 3],
] as const)('%s of %o is %s', (measure, figures, value) => {
  expect(measured(measure, figures)).toBe(value)
})

test('an alert fires once when its bound is reached, stays, and recovers once', () => {
  const bad = { ...none, ended: 10, failed: 1 }
  const good = { ...none, ended: 10, failed: 0 }
  const quiet = anAlert('user', { threshold: 10 })
  const fired = judge(quiet, bad, 100)
  expect(fired).toEqual({ finding: { state: 'firing', since: 100, value: 10, checkedAt: 100 }, change: 'fired' })
  const still = judge({ ...quiet, ...fired.finding }, bad, 200)
  expect(still).toEqual({ finding: { state: 'firing', since: 100, value: 10, checkedAt: 200 } })
  const over = judge({ ...quiet, ...still.finding }, good, 300)
  expect(over).toEqual({ finding: { state: 'ok', since: 300, value: 0, checkedAt: 300 }, change: 'recovered' })
  expect(judge({ ...quiet, ...over.finding }, good, 400).change).toBeUndefined()
})

test('without runs nothing fails or is slow, but an alert on no runs fires', () => {
  expect(judge(anAlert('user'), none, 1)).toMatchObject({ finding: { state: 'ok', value: null } })
  expect(judge(anAlert('user', { measure: 'latency' }), none, 1)).toMatchObject({ finding: { state: 'ok' } })
  expect(judge(anAlert('user', { measure: 'no_runs', threshold: 0 }), none, 1)).toMatchObject({ change: 'fired' })
  const one = { ...none, begun: 1 }
  const firing = anAlert('user', { measure: 'no_runs', threshold: 0, state: 'firing' })
  expect(judge(firing, one, 1)).toMatchObject({ change: 'recovered', finding: { state: 'ok', value: 1 } })
})
