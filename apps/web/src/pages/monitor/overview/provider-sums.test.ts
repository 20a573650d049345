import { expect, test } from 'vitest'
import { providersOf } from './provider-sums.ts'

test('models of one provider are one row, and a cost nobody knows stays unknown', () => {
  const row = (provider: string, cost: number | null) => ({
    provider,
    model: 'm',
    calls: 1,
    unpriced_calls: cost === null ? 1 : 0,
    input_tokens: 10,
    output_tokens: 2,
    cost,
  })
  expect(providersOf([row('A', 1), row('Own', null), row('B', 5), row('A', 2), row('A', null)])).toEqual([
    { ...row('B', 5), model: '' },
    { provider: 'A', model: '', calls: 3, unpriced_calls: 1, input_tokens: 30, output_tokens: 6, cost: 3 },
    { ...row('Own', null), model: '' },
  ])
})
