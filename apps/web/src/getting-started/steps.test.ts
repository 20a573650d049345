import { expect, test } from 'vitest'
import { hasBegun, progressOf, stepsOf } from './steps.ts'

const nothing = { hasModel: false, hasFlow: false, hasRun: false, hasPublished: false }

test('steps tick themselves by what there is, and count to a hundred', () => {
  expect(progressOf(stepsOf(nothing))).toBe(0)
  const begun = stepsOf({ ...nothing, hasFlow: true })
  expect(begun.filter(({ isDone }) => isDone).map(({ name }) => name)).toEqual(['flow'])
  expect(progressOf(begun)).toBe(25)
  expect(progressOf(stepsOf({ hasModel: true, hasFlow: true, hasRun: true, hasPublished: true }))).toBe(100)
})

test('a flow of another user and a saved component are no beginning', () => {
  const others = [
    { role: 'editor' as const, is_component: false },
    { role: undefined, is_component: true },
  ]
  expect(hasBegun(others)).toBe(false)
  expect(hasBegun([...others, { role: undefined, is_component: false }])).toBe(true)
})
