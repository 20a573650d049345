import { expect, test } from 'vitest'
import { failureReason } from './failure-reason.ts'

test.each([
  ['Error building Component JSON Cleaner: \n\nInvalid JSON string\n\nat 3', 'Invalid JSON string\n\nat 3'],
  ['Error building Component A: B: \n\nNo key', 'No key'],
  ['Error building Component A: \n\n', 'Error building Component A: \n\n'],
  ['interrupted', 'interrupted'],
])('of %j the reason is %j', (error, reason) => {
  expect(failureReason(error)).toBe(reason)
})
