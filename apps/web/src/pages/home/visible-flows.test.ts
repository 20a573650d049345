import type { FlowHeaderRead } from '@runnel/protocol/flows'
import { expect, test } from 'vitest'
import { type FlowFacts, LIST_DEFAULTS, type ListState, ownersOf, visibleFlows } from './visible-flows.ts'

const flow = (name: string, more: Partial<FlowHeaderRead> = {}): FlowHeaderRead => ({
  id: name,
  name,
  folder_id: 'p',
  is_component: false,
  endpoint_name: null,
  description: null,
  data: null,
  access_type: 'PRIVATE',
  tags: null,
  mcp_enabled: false,
  action_name: null,
  action_description: null,
  flow_type: 'workflow',
  a2a_enabled: false,
  icon: null,
  icon_bg_color: null,
  gradient: null,
  updated_at: '2026-01-01T00:00:00+00:00',
  webhook: false,
  locked: false,
  ...more,
})
const flows = [
  flow('Flow 10', { updated_at: '2026-01-02T00:00:00+00:00', locked: true }),
  flow('Flow 9', { updated_at: '2026-01-03T00:00:00+00:00', description: 'answers letters', tags: ['rag'] }),
  flow('Saved part', { is_component: true }),
]
const facts: FlowFacts = { runs: new Map([['Flow 10', { runs: 3 }]]), published: new Set(['Flow 9']), self: 'eve' }
const shown = (change: Partial<ListState>) =>
  visibleFlows(flows, { ...LIST_DEFAULTS, ...change }, facts, 'en').shown.map(({ name }) => name)

test('shows the flow changed last first, or sorts by name as people count', () => {
  expect(shown({})).toEqual(['Flow 9', 'Flow 10'])
  expect(shown({ sort: 'oldest' })).toEqual(['Flow 10', 'Flow 9'])
  expect(shown({ sort: 'name' })).toEqual(['Flow 9', 'Flow 10'])
  const { shown: twins } = visibleFlows([flow('First'), flow('Second')], LIST_DEFAULTS, facts, 'en')
  expect(twins.map(({ name }) => name)).toEqual(['Second', 'First'])
})

test('shows the flows of one owner, oneself being one', () => {
  const mixed = [flow('Mine'), flow('Hers', { owner_username: 'ada' }), flow('His', { owner_username: 'Bob' })]
  const of = (owner: string) =>
    visibleFlows(mixed, { ...LIST_DEFAULTS, owner }, facts, 'en').shown.map(({ name }) => name)
  expect([of('eve'), of('ada'), of('nobody')]).toEqual([['Mine'], ['Hers'], []])
  expect(visibleFlows(mixed, { ...LIST_DEFAULTS, owner: 'ada' }, facts, 'en').isFiltered).toBe(true)
  expect([ownersOf(mixed, 'eve'), ownersOf(mixed.slice(1), 'eve')]).toEqual([
    ['eve', 'Bob', 'ada'],
    ['Bob', 'ada'],
  ])
})

test('shows the flow that has run most first, and the published ones alone', () => {
  expect(shown({ sort: 'runs' })).toEqual(['Flow 10', 'Flow 9'])
  expect(shown({ filter: 'published' })).toEqual(['Flow 9'])
  expect(shown({ kind: 'published' })).toEqual(['Flow 9'])
})

test('keeps saved components apart, and finds words of names and descriptions', () => {
  expect(shown({ kind: 'components' })).toEqual(['Saved part'])
  expect(shown({ q: ' LETTERS ' })).toEqual(['Flow 9'])
  expect(shown({ filter: 'locked' })).toEqual(['Flow 10'])
  expect(shown({ tag: 'rag' })).toEqual(['Flow 9'])
})

test('a page past the end is the last, and nonsense in the address is as if it were not there', () => {
  const many = Array.from({ length: 30 }, (_, index) => flow(`f${index}`))
  const state = { ...LIST_DEFAULTS, page: '99', size: '12' }
  expect(visibleFlows(many, state, facts, 'en')).toMatchObject({ total: 30, page: 3, size: 12, isFiltered: false })
  expect(visibleFlows(many, { ...state, page: 'x', size: '-3', filter: 'odd' }, facts, 'en')).toMatchObject({
    page: 1,
    size: 24,
  })
})
