import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { calculator } from './calculator.ts'

const answer = async (expression: string) => (await runComponent(calculator, { expression })).result

test.each([
  ['2+2', '4'],
  ['4*4*(33/22)+12-20', '16'],
  ['1/3', '0.333333'],
  ['100', '100'],
  ['2**100', '1267650600228229401496703205376'],
])('gives %s as %s, with six decimals at most', async (expression, result) => {
  expect(await answer(expression)).toMatchObject({ kind: 'data', data: { result } })
})

test('gives what is wrong instead of failing', async () => {
  expect(await answer('1/0')).toMatchObject({ data: { error: 'Error: Division by zero', input: '1/0' } })
  expect(await answer('2+x')).toMatchObject({
    data: { error: "Invalid expression: 'x' is neither a number nor a sign", input: '2+x' },
  })
})
