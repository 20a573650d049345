import type { RunRead, RunStepRead } from '@runnel/protocol/monitor'
import { expect, test } from 'vitest'
import { bodyOf, draftOfRun, EMPTY, isComplete, modelRef } from './test-draft.ts'

const step = (component_id: string, part: Partial<RunStepRead>): RunStepRead => ({
  component_id,
  component_display_name: component_id,
  started_at: '2026-01-05T17:59:07.861000Z',
  duration_ms: 1,
  valid: true,
  error: null,
  inputs: {},
  outputs: {},
  logs: {},
  token_usage: null,
  cost: null,
  ...part,
})
// What a test is made of; the rest of a run is of no meaning for it.
const run = { input: 'Good …', output: 'Well …' } as RunRead

test('a run becomes a test with the whole of what was said and answered', () => {
  const steps = [
    step('ChatInput-a', { inputs: { input_value: 'Good\n day' } }),
    step('ChatOutput-b', { outputs: { message: { message: 'Well, good day', type: 'text' } } }),
  ]
  expect(draftOfRun({ ...run, steps })).toEqual({
    ...EMPTY,
    name: 'Good day',
    input_value: 'Good\n day',
    check: 'equals',
    expected: 'Well, good day',
  })
  expect(draftOfRun({ ...run, steps: [] })).toMatchObject({ input_value: 'Good …', expected: 'Well …' })
})

test('a draft is sent with its values of fields and its judge, and refused with what is no JSON object', () => {
  const draft = { ...EMPTY, name: ' Polite ', check: 'judge', expected: 'Be polite', tweaks: '{"a":{"b":1}}' } as const
  const judge = { provider: 'OpenAI', name: 'gpt-4o' }
  expect(bodyOf({ ...draft, judge: modelRef(judge) })).toMatchObject({ name: 'Polite', tweaks: { a: { b: 1 } }, judge })
  expect(bodyOf({ ...draft, tweaks: '', check: 'regex', judge: modelRef(judge) })).toMatchObject({
    tweaks: {},
    judge: null,
  })
  expect(bodyOf(draft).judge).toBeNull()
  for (const tweaks of ['[]', '{']) expect(() => bodyOf({ ...draft, tweaks })).toThrow(SyntaxError)
})

test('a test needs a name, and something expected unless nothing is', () => {
  expect(isComplete(EMPTY)).toBe(false)
  expect(isComplete({ ...EMPTY, name: 'a' })).toBe(false)
  expect(isComplete({ ...EMPTY, name: 'a', check: 'equals' })).toBe(true)
  expect(isComplete({ ...EMPTY, name: 'a', expected: 'b' })).toBe(true)
})
