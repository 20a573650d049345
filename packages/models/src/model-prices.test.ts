import { expect, test } from 'vitest'
import { costOf, modelPrices } from './model-prices.ts'

test('a model has its list price, and so has each dated version of it', () => {
  const priceOf = modelPrices()
  expect(priceOf({ provider: 'OpenAI', model: 'gpt-4o' })).toEqual({ input: 2.5, output: 10 })
  expect(priceOf({ provider: 'OpenAI', model: 'gpt-4o-2024-08-06' })).toEqual({ input: 2.5, output: 10 })
  expect(priceOf({ provider: 'Anthropic', model: 'claude-sonnet-4-5-20250929' })).toEqual({ input: 3, output: 15 })
})

test('an unknown model has none: neither that of another provider nor that of a similar name', () => {
  const priceOf = modelPrices()
  expect(priceOf({ provider: 'Ollama', model: 'gpt-4o' })).toBeUndefined()
  expect(priceOf({ provider: 'OpenAI', model: 'gpt-4o-mini-mine' })).toBeUndefined()
  expect(priceOf({ provider: 'OpenAI', model: 'constructor' })).toBeUndefined()
})

test('an operator’s prices replace those and add to them', () => {
  const priceOf = modelPrices(
    new Map([
      ['OpenAI:gpt-4o', { input: 2, output: 8 }],
      ['Ollama:*', { input: 0.01, output: 0.02 }],
    ]),
  )
  expect(priceOf({ provider: 'OpenAI', model: 'gpt-4o-2024-08-06' })).toEqual({ input: 2, output: 8 })
  expect(priceOf({ provider: 'Ollama', model: 'llama3' })).toEqual({ input: 0.01, output: 0.02 })
  expect(priceOf({ provider: 'OpenAI', model: 'gpt-4o-mini' })).toEqual({ input: 0.15, output: 0.6 })
})

test('a cost is counted in billionths of a dollar', () => {
  expect(costOf({ input: 0.02, output: 0 }, { inputTokens: 1, outputTokens: 0 })).toBe(20)
  expect(costOf({ input: 2.5, output: 10 }, { inputTokens: 1_000_000, outputTokens: 100_000 })).toBe(3_500_000_000)
})
