import { message } from '@runnel/sdk'
import { fakeModel } from '@runnel/testing/fake-model'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { openAiToolsAgent } from './openai-tools-agent.ts'

test('asks what the template makes of the input', async () => {
  const model = fakeModel('Yes.')
  const inputs = { model, tools: [], chat_history: [], input_value: message('Ada') }
  const { response } = await runComponent(openAiToolsAgent, { ...inputs, user_prompt: 'Who is {input}?' })
  expect(response).toMatchObject({ text: 'Yes.' })
  expect(model.requests[0]?.messages).toEqual([
    { role: 'system', content: 'You are a helpful assistant' },
    { role: 'user', content: [{ type: 'text', text: 'Who is Ada?' }] },
  ])
})

test('refuses a template without a place for the input', async () => {
  const inputs = { model: fakeModel(''), tools: [], chat_history: [], input_value: message('Ada') }
  const run = runComponent(openAiToolsAgent, { ...inputs, user_prompt: 'Who?' })
  await expect(run).rejects.toThrow("Prompt must contain 'input' key")
})
