import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DivisionByZero, ExpressionError, evaluate } from './arithmetic.ts'

test.each([
  ['1 + 2 * 3', 7],
  ['(1 + 2) * 3', 9],
  ['8 / 2 / 2', 2],
  ['2 ** 3 ** 2', 512],
  ['-2 ** 2', -4],
  ['2 ** -1', 0.5],
  ['10 - 4 - 3', 3],
  ['.5 + 1. + 1e2 + 1_000', 1101.5],
  ['--3', 3],
])('works out %s', (expression, value) => {
  expect(evaluate(expression)).toBe(value)
})

test.each(['', '1 +', '(1', '1)', '1 2', 'a', '2 % 3', '1 // 2', 'process.exit()', '9**9**9', '(-8)**.5', '1__0'])(
  'refuses %j',
  (expression) => {
    expect(() => evaluate(expression)).toThrow(ExpressionError)
  },
)

test('tells a division by zero apart', () => {
  expect(() => evaluate('1/(2-2)')).toThrow(DivisionByZero)
  expect(() => evaluate('0**-1')).toThrow(DivisionByZero)
})

test('refuses what is nested or long without end', () => {
  expect(() => evaluate('('.repeat(5000))).toThrow('nested too deeply')
  expect(() => evaluate('2**'.repeat(3000) + '1')).toThrow('nested too deeply')
  expect(() => evaluate('1+'.repeat(9000) + '1')).toThrow('longer than')
})

test('agrees with JavaScript on sums and products of any shape', () => {
  const { expression } = fc.letrec<{ expression: string }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 4 },
      fc.nat({ max: 99 }).map(String),
      fc.tuple(tie('expression'), fc.constantFrom('+', '-', '*'), tie('expression')).map((parts) => parts.join(' ')),
      tie('expression').map((inner) => `(${inner})`),
    ),
  }))
  fc.assert(
    fc.property(expression, (text) => {
      // biome-ignore lint/security/noGlobalEval: the text is made above of digits and signs alone.
      expect(evaluate(text)).toBe(globalThis.eval(text))
    }),
  )
})
