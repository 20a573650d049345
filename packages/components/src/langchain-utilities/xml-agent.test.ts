import { message } from '@runnel/sdk'
import { fakeModel } from '@runnel/testing/fake-model'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { xmlAgent } from './xml-agent.ts'

test('answers without the prompt that taught models to write XML', async () => {
  const model = fakeModel('Yes.')
  const inputs = { model, tools: [], chat_history: [], input_value: message('Ada?'), user_prompt: 'Use <tool> tags.' }
  expect(await runComponent(xmlAgent, inputs)).toMatchObject({ response: { text: 'Yes.' } })
  expect(JSON.stringify(model.requests[0]?.messages)).not.toContain('<tool>')
})
