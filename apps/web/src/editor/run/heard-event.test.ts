import { expect, test } from 'vitest'
import type { BuildEvent } from './build-events.ts'
import { heardOf } from './heard-event.ts'
import { idleNode, type NodeRun } from './node-run.ts'

const hear = (event: BuildEvent, nodes: ReadonlyMap<string, NodeRun> = new Map()) =>
  heardOf(event, { nodes, ranWith: undefined, timesOf: () => ({ endedAt: 9 }), now: 5 })
const statuses = (event: BuildEvent) => hear(event).map(([id, { status }]) => `${id} ${status}`)

test('the first nodes of a run are at work as soon as their order is known', () => {
  const event: BuildEvent = { event: 'vertices_sorted', data: { ids: ['a', 'b'], to_run: ['a', 'b', 'c'] } }
  expect(statuses(event)).toEqual(['a queued', 'b queued', 'c queued', 'a running', 'b running'])
})

test('what waited for a node alone is at work when it has ended, what lies on the branch not taken is skipped', () => {
  const data = { outputs: {}, timedelta: 1 }
  const build_data = { id: 'a', valid: true, params: '', data, inactivated_vertices: ['d'], next_vertices_ids: ['c'] }
  expect(statuses({ event: 'end_vertex', data: { build_data } })).toEqual(['a done', 'd skipped', 'c running'])
})

test('a new run keeps what a node gave in the one before, also past one that never reached it', () => {
  const given = { outputs: { text: { message: 'one', type: 'text' } }, results: {}, endedAt: 3 }
  const event: BuildEvent = { event: 'vertices_sorted', data: { ids: [], to_run: ['a', 'b'] } }
  const nodes = new Map([
    ['a', { ...idleNode, ...given, status: 'done' as const }],
    ['b', { ...idleNode, before: given }],
  ])
  expect(hear(event, nodes).map(([, change]) => change.before)).toEqual([given, given])
})

test('a tool is at work while an agent asks it, and has what it gave before when it has answered', () => {
  const built: NodeRun = { ...idleNode, status: 'done', endedAt: 3, duration: '2 ms' }
  const asked: BuildEvent = { event: 'build_start', data: { id: 'tool' } }
  expect(hear(asked, new Map([['tool', built]]))).toEqual([['tool', { status: 'running', startedAt: 5 }]])
  const answered: BuildEvent = { event: 'build_end', data: { id: 'tool' } }
  const nodes = new Map<string, NodeRun>([['tool', { ...built, status: 'running' }]])
  expect(hear(answered, nodes)).toEqual([['tool', { status: 'done' }]])
  expect(hear(answered, new Map([['tool', built]]))).toEqual([])
})
