import { expect, test } from 'vitest'
import { servingBody, servingDraft, servingProblems } from './serving-draft.ts'

test('a form says how a flow is served, and gives it back', () => {
  for (const flow of [
    { cache_seconds: 60, rate_limit: 2.5 },
    { cache_seconds: 0, rate_limit: null },
  ]) {
    expect(servingBody(servingDraft(flow))).toEqual(flow)
  }
  expect(servingDraft({ cache_seconds: 0, rate_limit: null })).toEqual({ isCached: false, seconds: '300', rate: '' })
})

test('times and rates the server would refuse are told before', () => {
  const draft = { isCached: true, seconds: '60', rate: '' }
  expect(servingProblems(draft)).toEqual([])
  expect(servingProblems({ ...draft, seconds: '1.5', rate: '0' })).toEqual(['seconds', 'rate'])
  expect(servingProblems({ isCached: false, seconds: 'no', rate: 'many' })).toEqual(['rate'])
})
