import { expect, test } from 'vitest'
import { askedBy, isChanged, plainSettings } from './run-settings.ts'

test('a run without settings asks for nothing of its own', () => {
  expect(askedBy(plainSettings, 'flow')).toEqual({})
  expect(isChanged({ ...plainSettings, variables: [['', 'nameless']] })).toBe(false)
})

test('what was set is asked for, in the session of the flow unless another is named', () => {
  const settings = {
    text: 'Hello',
    sessionId: '',
    files: [{ name: 'a.png', path: 'flow/a.png' }],
    variables: [[' CITY ', 'Rome'] as const],
    version: 2,
    keepsSteps: false,
  }
  expect(askedBy(settings, 'flow')).toEqual({
    input: { text: 'Hello', sessionId: 'flow', files: ['flow/a.png'] },
    variables: { CITY: 'Rome' },
    version: 2,
    keepsSteps: false,
  })
  expect(askedBy({ ...plainSettings, sessionId: 's-1' }, 'flow')).toEqual({ input: { sessionId: 's-1', files: [] } })
  expect(isChanged(settings)).toBe(true)
})
