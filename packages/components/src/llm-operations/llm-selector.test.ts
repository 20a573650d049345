import { fakeModel } from '@runnel/testing/fake-model'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { indexIn, llmSelector } from './llm-selector.ts'

const models = () => [
  { ...fakeModel('small answer'), model: 'small' },
  { ...fakeModel('big answer'), model: 'big' },
]

test('asks the model the judge names, judged once for all outputs', async () => {
  const judge_llm = fakeModel('1')
  const run = await runComponent(llmSelector, {
    models: models(),
    judge_llm,
    input_value: 'Why?',
    optimization: 'cost',
  })
  expect(run).toMatchObject({
    output: { text: 'big answer' },
    selected_model_info: { data: { selected_model_index: 1, model_name: 'big', provider: 'Fake' } },
    routing_decision: { text: 'Model 1 was chosen for cost: big (Fake)' },
    selected_model: { text: 'big' },
  })
  expect(judge_llm.requests).toHaveLength(1)
  const asked = JSON.stringify(judge_llm.requests[0]?.messages)
  for (const part of ['0: small', '1: big', 'Why?', 'cheapest']) expect(asked).toContain(part)
})

test('takes the first when the judge fails, unless told not to', async () => {
  const judge_llm = fakeModel(new Error('no answer'))
  const run = await runComponent(llmSelector, { models: models(), judge_llm, input_value: 'Why?' })
  expect(run).toMatchObject({
    output: { text: 'small answer' },
    routing_decision: { text: expect.stringContaining('no answer') },
  })
  const strict = { models: models(), judge_llm, input_value: 'Why?', fallback_to_first: false }
  await expect(runComponent(llmSelector, strict)).rejects.toThrow('no answer')
})

test('needs a judge and models', async () => {
  await expect(runComponent(llmSelector, { models: [], judge_llm: fakeModel('0') })).rejects.toThrow('Connect a judge')
})

test.each([
  ['1', 1],
  ['Model 1.', 1],
  ['2', 0],
  ['the second', 0],
])('%j means model %j of two', (answer, expected) => {
  expect(indexIn(answer, 2)).toBe(expected)
})
