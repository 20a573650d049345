import { expect, test } from 'vitest'
import { wordsOf } from './variable-words.ts'

const variable = (variable_name: string, variable_key: string) => ({
  variable_name,
  variable_key,
  description: '',
  required: false,
  is_secret: false,
  is_list: false,
  options: [],
})

test('a value of a provider is its key, its address, a header or what is asked besides', () => {
  expect(wordsOf(variable('OpenAI API Key', 'OPENAI_API_KEY'))).toBe('key')
  expect(wordsOf(variable('vLLM Base URL', 'VLLM_API_BASE'))).toBe('address')
  expect(wordsOf(variable('HTTP-Referer', 'OPENROUTER_SITE_URL'))).toBe('header')
  expect(wordsOf(variable('AWS_REGION', 'AWS_REGION'))).toBe('option')
})
