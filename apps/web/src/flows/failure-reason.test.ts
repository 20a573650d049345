import { expect, test } from 'vitest'
import { failureReason, partsOfReason } from './failure-reason.ts'

test.each([
  ['Error building Component JSON Cleaner: \n\nInvalid JSON string\n\nat 3', 'Invalid JSON string\n\nat 3'],
  ['Error building Component A: B: \n\nNo key', 'No key'],
  ['Error building Component A: \n\n', 'Error building Component A: \n\n'],
  ['interrupted', 'interrupted'],
])('of %j the reason is %j', (error, reason) => {
  expect(failureReason(error)).toBe(reason)
})

test.each([
  ['Acme answered with status 500: {"fault":7}', 'Acme answered with status 500.', '{"fault":7}'],
  ["Error code: 401 - [{'error': 1}]", 'Error code: 401 -', "[{'error': 1}]"],
  ['Acme answered with status 502: <!DOCTYPE html><p>no', 'Acme answered with status 502.', '<!DOCTYPE html><p>no'],
  ['{"error":1}', '{"error":1}', undefined],
  ['The variable {name} is empty', 'The variable {name} is empty', undefined],
])('of %j what was sent along stands apart', (reason, sentence, raw) => {
  expect(partsOfReason(reason)).toEqual({ sentence, raw })
})
