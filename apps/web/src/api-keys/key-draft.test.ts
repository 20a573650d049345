import { expect, test } from 'vitest'
import { draftOf, draftProblem, keyBody, keyChanges, newKeyDraft } from './key-draft.ts'

/** Days are those of the browser's own time zone. */
const now = new Date(2026, 0, 1).getTime()
const draft = newKeyDraft('run')

test('a key is limited by what was chosen, and by nothing else', () => {
  expect(keyBody(draft, now)).toEqual({ access: 'run', expires_at: null })
  expect(
    keyBody(
      {
        ...draft,
        scope: 'flows',
        flowIds: ['f'],
        projectIds: ['not asked for'],
        addresses: '10.0.0.1\n 10.1.0.0/16, ::1\n',
        rate: '2.5',
        lifetime: 'month',
      },
      now,
    ),
  ).toEqual({
    access: 'run',
    flow_ids: ['f'],
    addresses: ['10.0.0.1', '10.1.0.0/16', '::1'],
    rate_limit: 2.5,
    expires_at: new Date(now + 30 * 86_400_000).toISOString(),
  })
})

test('a key is good to the end of its last day', () => {
  const { expires_at } = keyBody({ ...draft, lifetime: 'date', lastDay: '2026-03-02' }, now)
  expect(expires_at).toBe(new Date(2026, 2, 2, 23, 59, 59).toISOString())
})

test('a key of no flows, a rate that is no number and a day gone by are told', () => {
  expect(draftProblem(draft, now)).toBeUndefined()
  expect(draftProblem({ ...draft, scope: 'flows' }, now)).toBe('chooseFlows')
  expect(draftProblem({ ...draft, scope: 'projects' }, now)).toBe('chooseProjects')
  expect(draftProblem({ ...draft, rate: 'many' }, now)).toBe('rate')
  expect(draftProblem({ ...draft, lifetime: 'date', lastDay: '' }, now)).toBe('day')
  expect(draftProblem({ ...draft, lifetime: 'date', lastDay: '2025-12-31' }, now)).toBe('day')
})

const known = {
  id: 'k',
  user_id: 'u',
  name: 'The shop',
  last_used_at: null,
  total_uses: 3,
  is_active: true,
  expires_at: new Date(2026, 2, 2, 12).toISOString().slice(0, 19),
  last_four: 'WxYz',
  created_at: '2026-01-01T00:00:00',
  access: 'run' as const,
  flow_ids: ['f'],
  project_ids: ['p'],
  addresses: ['10.0.0.1'],
  rate_limit: 5,
}

test('an edited key is told by what changed, and a limit taken away by null', () => {
  const before = draftOf(known)
  expect(before).toMatchObject({ name: 'The shop', scope: 'flows', lifetime: 'date', lastDay: '2026-03-02', rate: '5' })
  expect(keyChanges(before, before, now)).toEqual({})
  expect(keyChanges(before, { ...before, name: ' ', rate: '7', addresses: '' }, now)).toEqual({
    rate_limit: 7,
    addresses: null,
  })
  expect(keyChanges(before, { ...before, scope: 'all', lifetime: 'never', name: 'Shop' }, now)).toEqual({
    flow_ids: null,
    expires_at: null,
    name: 'Shop',
  })
})
