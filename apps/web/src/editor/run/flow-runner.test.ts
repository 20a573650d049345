import { expect, test } from 'vitest'
import { createFlowRunner, type LastBuild } from './flow-runner.ts'
import { idleNode } from './node-run.ts'

const build = (id: string): LastBuild => ({
  id,
  valid: true,
  params: '',
  data: { outputs: {}, timedelta: 1 },
  inactivated_vertices: [],
  next_vertices_ids: [],
})
/** Shows a past run in which a node waits. */
const past = { nodes: new Map([['a', { ...idleNode, status: 'queued' as const }]]), lastStartedAt: 1 }

test('what a past run shows gives way to what was shown before', () => {
  const { store, showLast, lookBack } = createFlowRunner('f')
  showLast([build('a')])
  const leave = lookBack()
  store.setState(past)
  leave()
  expect(store.getState().nodes.get('a')?.status).toBe('done')
})

test('newest builds that come while a past run is shown are there when it is left', () => {
  const { store, showLast, lookBack } = createFlowRunner('f')
  const leave = lookBack()
  store.setState(past)
  showLast([build('a')])
  expect(store.getState().nodes.get('a')?.status).toBe('queued')
  leave()
  expect(store.getState().nodes.get('a')?.status).toBe('done')
  expect(store.getState().lastStartedAt).toBeUndefined()
})
