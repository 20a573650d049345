import { fakeModel } from '@runnel/testing/fake-model'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { llmMathChain } from './llm-math-chain.ts'

test.each([['2*(3+4)'], ['```\n2*(3+4)\n```'], ['```text\n2*(3+4)```']])(
  'calculates what the model writes: %j',
  async (said) => {
    const llm = fakeModel(said)
    const { text } = await runComponent(llmMathChain, { llm, input_value: 'Twice the sum of three and four?' })
    expect(text).toMatchObject({ text: 'Answer: 14' })
    expect(llm.requests[0]?.messages[1]).toMatchObject({ content: [{ text: 'Twice the sum of three and four?' }] })
  },
)

test('says what the model wrote when that is no expression', async () => {
  const run = runComponent(llmMathChain, { llm: fakeModel('fourteen'), input_value: '?' })
  await expect(run).rejects.toMatchObject({ code: 'model_error', message: expect.stringContaining('"fourteen"') })
})
