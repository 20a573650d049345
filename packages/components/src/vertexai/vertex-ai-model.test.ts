import { type LanguageModel, message } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { vertexAiModel } from './vertex-ai-model.ts'

// How Vertex AI is asked is tested with the model, where its tokens can be given out.

const file = (text: string) => ({
  'user-1/account.json': {
    name: 'account.json',
    mediaType: 'application/json',
    bytes: new TextEncoder().encode(text),
  },
})
const inputs = { input_value: message('Hi'), credentials: ['user-1/account.json'] }

test('makes a model with the account of the file, or of the variable', async () => {
  const options = { outputs: ['model_output'] }
  const run = await runComponent(vertexAiModel, inputs, { ...options, files: file('{"client_email":"a"}') })
  expect(run.model_output as LanguageModel).toMatchObject({ provider: 'Vertex AI', model: 'gemini-1.5-pro' })
  const variables = { GOOGLE_APPLICATION_CREDENTIALS_JSON: '{}' }
  await expect(runComponent(vertexAiModel, {}, { ...options, variables })).resolves.toHaveProperty('model_output')
})

test('says what is wrong with the file', async () => {
  const asked = (text: string) => runComponent(vertexAiModel, inputs, { outputs: ['text_output'], files: file(text) })
  await expect(asked(' ')).rejects.toThrow('The credentials file is empty.')
  await expect(asked('{}')).rejects.toThrow('Vertex AI needs the JSON file of a service account.')
})
