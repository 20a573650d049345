import { expect, test } from 'vitest'
import { costText, moneyText } from './money.ts'

test('an amount is written in dollars, a small one with the digits that count', () => {
  expect([1.256, 0.5, 0.0123, 0.00000421, 0].map((dollars) => moneyText(dollars, 'en'))).toEqual([
    '$1.26',
    '$0.50',
    '$0.01',
    '$0.0000042',
    '$0.00',
  ])
  expect(moneyText(0.25, 'zh')).toBe('$0.25')
})

test('a cost that is known in part is a least, one that is not known is none', () => {
  expect(costText({ cost: 0.5, unpriced_tokens: 3 }, 'en')).toBe('≥ $0.50')
  expect(costText({ cost: 0.5, unpriced_tokens: 0 }, 'en')).toBe('$0.50')
  expect(costText({ cost: null, unpriced_tokens: 3 }, 'en')).toBeUndefined()
})
