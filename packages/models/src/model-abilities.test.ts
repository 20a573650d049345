import { expect, test } from 'vitest'
import { abilitiesOf } from './model-abilities.ts'

test.each([
  ['gpt-4o-mini', { vision: true, tools: true, thinking: false, deprecated: false, context: 128_000 }],
  ['gpt-4-turbo-preview', { vision: false, tools: true, thinking: false, deprecated: true, context: 128_000 }],
  ['o3', { vision: true, tools: true, thinking: true, deprecated: false, context: 200_000 }],
  ['claude-sonnet-4-5-20250929', { vision: true, tools: true, thinking: true, deprecated: false, context: 200_000 }],
  ['claude-3-opus-latest', { vision: true, tools: true, thinking: false, deprecated: true, context: 200_000 }],
  ['gemini-1.5-pro', { vision: true, tools: true, thinking: false, deprecated: true, context: 2_097_152 }],
  ['sonar', { vision: false, tools: false, thinking: false, deprecated: false }],
  ['deepseek-reasoner', { vision: false, tools: true, thinking: true, deprecated: false }],
  ['a-model-of-tomorrow', { vision: false, tools: true, thinking: false, deprecated: false }],
])('%s is known for what it can', (name, abilities) => {
  expect(abilitiesOf(name)).toEqual(abilities)
})
