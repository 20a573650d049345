import { expect, test } from 'vitest'
import { idleNode } from '../run/node-run.ts'
import { durationMsOf, timelineOf } from './timeline.ts'

test('the nodes of the last run stand in the order they began, those of earlier runs are left out', () => {
  const nodes = new Map([
    ['later', { ...idleNode, status: 'running' as const, startedAt: 1300 }],
    ['first', { ...idleNode, status: 'done' as const, startedAt: 1000, endedAt: 1250 }],
    ['earlier run', { ...idleNode, status: 'done' as const, startedAt: 10, endedAt: 20 }],
    ['skipped', { ...idleNode, status: 'skipped' as const }],
  ])
  expect(timelineOf(nodes, 900, 1500)).toEqual([
    { nodeId: 'first', status: 'done', startMs: 0, durationMs: 250 },
    { nodeId: 'later', status: 'running', startMs: 300, durationMs: 200 },
  ])
})

test('of no run there is nothing to show', () => {
  expect(timelineOf(new Map(), 0, 100)).toEqual([])
})

test('a node whose beginning was not told began as long before its end as it took', () => {
  const nodes = new Map([['a', { ...idleNode, status: 'done' as const, endedAt: 2000, duration: '150 ms' }]])
  expect(timelineOf(nodes, 1000, 3000)).toEqual([{ nodeId: 'a', status: 'done', startMs: 0, durationMs: 150 }])
})

test.each([
  ['15 ms', 15],
  ['1.5 seconds', 1500],
  ['1 minute, 2 seconds', 62_000],
  ['', 0],
])('%j is %d milliseconds', (text, ms) => expect(durationMsOf(text)).toBe(ms))
