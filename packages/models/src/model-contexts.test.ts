import { expect, test } from 'vitest'
import { contextOf } from './model-contexts.ts'

test.each([
  ['gpt-4o-mini', 128_000],
  ['openai/gpt-4o', 128_000],
  ['gpt-4.1-nano', 1_047_576],
  ['gpt-5', 400_000],
  ['gpt-5-chat-latest', 128_000],
  ['o3-mini', 200_000],
  ['claude-sonnet-4-5-20250929', 200_000],
  ['gemini-2.5-flash', 1_048_576],
  ['Meta-Llama-3.3-70B-Instruct', 131_072],
  ['a-model-of-tomorrow', undefined],
  ['my-gpt-4o', undefined],
])('%s keeps %s tokens in mind', (name, tokens) => expect(contextOf(name)).toBe(tokens))
