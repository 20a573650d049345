import { expect, test } from 'vitest'
import { adviceOn } from './advice.ts'

test.each([
  ['A model selection is required', 'model'],
  ['OpenAI API Key is required when using OpenAI provider.', 'key'],
  ['OpenAI answered with status 401: {"error":{"message":"Incorrect key"}}', 'key'],
  ['OpenAI: OPENAI_API_KEY variable not found, which API Key names. Add it, or choose another.', 'variable'],
  ['Groq answered with status 429: slow down', 'limit'],
  ['OpenAI answered with status 404: {"error":{"message":"The model `gpt-9` does not exist"}}', 'modelName'],
  ['No files to process.', undefined],
])('%s: %s', (reason, advice) => {
  expect(adviceOn(reason)).toBe(advice)
})
