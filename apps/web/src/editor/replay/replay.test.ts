import type { RunStepRead } from '@runnel/protocol/monitor'
import { expect, test } from 'vitest'
import { nodesAfter, pauseAfter, saidIn, stopsOf } from './replay.ts'

const step = (
  component_id: string,
  second: string,
  duration_ms: number,
  more: Partial<RunStepRead> = {},
): RunStepRead => ({
  component_id,
  component_display_name: component_id,
  started_at: `2026-01-05T17:59:${second}Z`,
  duration_ms,
  valid: true,
  error: null,
  inputs: {},
  outputs: { message: { message: `by ${component_id}`, type: 'text' } },
  logs: {},
  cost: null,
  token_usage: null,
  ...more,
})
const statuses = (steps: readonly RunStepRead[], count: number) =>
  Object.fromEntries(Array.from(nodesAfter(stopsOf(steps), count), ([id, { status }]) => [id, status]))

test('nodes wait, are at work and are done, as far as the run has come', () => {
  const steps = [step('a', '07.000', 900), step('b', '08.000', 400, { valid: false, error: 'No key' })]
  expect(statuses(steps, 0)).toEqual({ a: 'queued', b: 'queued' })
  expect(statuses(steps, 1)).toEqual({ a: 'running', b: 'queued' })
  expect(statuses(steps, 3)).toEqual({ a: 'done', b: 'running' })
  expect(statuses(steps, 4)).toEqual({ a: 'done', b: 'failed' })
  expect(nodesAfter(stopsOf(steps), 4).get('b')).toMatchObject({ message: 'No key' })
  expect(nodesAfter(stopsOf(steps), 4).get('a')?.outputs).toEqual({ message: { message: 'by a', type: 'text' } })
})

test('steps of one millisecond follow one another, steps side by side begin together', () => {
  const order = (steps: readonly RunStepRead[]) =>
    stopsOf(steps).map(({ kind, step }) => `${step.component_id} ${kind}`)
  expect(order([step('a', '07.000', 0.3), step('b', '07.000', 0.5)])).toEqual(['a begin', 'a end', 'b begin', 'b end'])
  expect(order([step('fast', '07.000', 100), step('slow', '07.000', 900)])).toEqual([
    'fast begin',
    'slow begin',
    'fast end',
    'slow end',
  ])
})

test('a node that ran again keeps what it gave before until it is done', () => {
  const again = step('loop', '08.000', 100, { outputs: { item: { message: 'second', type: 'text' } } })
  const stops = stopsOf([step('loop', '07.000', 100), again])
  expect(nodesAfter(stops, 3).get('loop')).toMatchObject({ status: 'running', outputs: { message: { type: 'text' } } })
  expect(nodesAfter(stops, 4).get('loop')?.outputs).toEqual({ item: { message: 'second', type: 'text' } })
})

test('a long wait is played short, a short one long enough to be seen', () => {
  const stops = stopsOf([step('a', '07.000', 30_000), step('b', '37.000', 1)])
  expect(pauseAfter(stops, 1, 1)).toBe(2500)
  expect(pauseAfter(stops, 3, 1)).toBe(120)
  expect(pauseAfter(stopsOf([step('a', '07.000', 1000)]), 1, 2)).toBe(500)
})

test('what was said is what the chat input was given', () => {
  expect(saidIn([step('ChatInput-1', '07.000', 1, { inputs: { input_value: '你好' } })])).toBe('你好')
  expect(saidIn([step('Prompt-1', '07.000', 1)])).toBeUndefined()
})
