import { fakeModel } from '@runnel/testing/fake-model'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { llmCheckerChain } from './llm-checker-chain.ts'

test('asks, lists, checks and answers again, each with what came before', async () => {
  const llm = fakeModel('Whales.', '- Whales lay eggs.', 'False: they do not.', 'The platypus.')
  const { text } = await runComponent(llmCheckerChain, { llm, input_value: 'Which mammal lays eggs?' })
  expect(text).toMatchObject({ text: 'The platypus.' })
  const asked = llm.requests.map(({ messages }) => JSON.stringify(messages))
  expect(asked).toEqual([
    expect.stringContaining('Which mammal lays eggs?'),
    expect.stringContaining('Whales.'),
    expect.stringContaining('- Whales lay eggs.'),
    expect.stringMatching(/False: they do not\..*Which mammal lays eggs\?/),
  ])
})
