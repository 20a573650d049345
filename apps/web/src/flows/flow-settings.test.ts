import { expect, test } from 'vitest'
import { type FlowSettings, isChanged, problemsOf, settingsOf } from './flow-settings.ts'

const settings = (more: Partial<FlowSettings> = {}): FlowSettings => ({
  name: 'Mail',
  description: '',
  endpointName: '',
  tags: [],
  locked: false,
  icon: '',
  color: '',
  ...more,
})
const other = { name: 'Weather', endpoint_name: 'weather' }

test('a flow needs a name that no other flow has', () => {
  expect(problemsOf(settings({ name: '  ' }), [other])).toEqual({ name: 'empty' })
  expect(problemsOf(settings({ name: 'Weather ' }), [other])).toEqual({ name: 'taken' })
  expect(problemsOf(settings(), [other])).toEqual({})
})

test('an endpoint name is of letters, digits, hyphens and underscores, and of one flow only', () => {
  expect(problemsOf(settings({ endpointName: 'my mail' }), [other])).toEqual({ endpointName: 'characters' })
  expect(problemsOf(settings({ endpointName: 'weather' }), [other])).toEqual({ endpointName: 'taken' })
  expect(problemsOf(settings({ endpointName: 'My_mail-2' }), [other])).toEqual({})
})

test('flows without an endpoint name do not share one', () => {
  expect(problemsOf(settings(), [{ name: 'Weather', endpoint_name: null }])).toEqual({})
})

test('tells a change from what was loaded', () => {
  const before = settingsOf({
    id: '1',
    name: 'Mail',
    description: null,
    endpoint_name: null,
    tags: null,
    locked: false,
    icon: null,
    icon_bg_color: null,
  })
  expect(isChanged(before, settings())).toBe(false)
  expect(isChanged(before, settings({ tags: ['a'] }))).toBe(true)
  expect(isChanged(before, settings({ icon: '🚀' }))).toBe(true)
})
