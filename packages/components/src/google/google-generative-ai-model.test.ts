import { type LanguageModel, message } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { googleGenerativeAiModel } from './google-generative-ai-model.ts'

test('makes a Gemini model of the chosen name, with the key of the variable', async () => {
  const variables = { GOOGLE_API_KEY: 'g-1' }
  const run = await runComponent(googleGenerativeAiModel, {}, { outputs: ['model_output'], variables })
  const { provider, model } = run.model_output as LanguageModel
  expect({ provider, model }).toEqual({ provider: 'Google Generative AI', model: 'gemini-2.5-flash' })
})

test('needs a key', async () => {
  const asked = runComponent(googleGenerativeAiModel, { input_value: message('Hi'), api_key: '' })
  await expect(asked).rejects.toThrow('Google Generative AI API key is required')
})
