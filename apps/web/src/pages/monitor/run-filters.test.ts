import { expect, test } from 'vitest'
import { NO_RUN_FILTERS, runFilterOf } from './run-filters.tsx'

test('every column is asked for by what the address holds, in the units of the server', () => {
  const values = {
    ...NO_RUN_FILTERS,
    session: 's',
    key: 'k',
    version: '3',
    error: 'no',
    seconds: '1.5',
    tokens: '10.2',
    cost: '0.01',
  }
  expect(runFilterOf(values)).toEqual({
    session_id: 's',
    key_id: 'k',
    version: 3,
    error: 'no',
    min_duration: 1500,
    min_tokens: 11,
    min_cost: 0.01,
  })
  expect(runFilterOf({ ...NO_RUN_FILTERS, version: 'draft' })).toEqual({ version: 'draft' })
})

test('an address somebody has written by hand asks for nothing that is refused', () => {
  expect(runFilterOf({ ...NO_RUN_FILTERS, version: 'new', tokens: 'many', seconds: '-1', cost: ' ' })).toEqual({})
})
