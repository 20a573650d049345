import { expect, test } from 'vitest'
import { scoreOption } from './option-search.ts'

const found = (search: string, options: readonly (readonly string[])[]): readonly string[] =>
  options
    .map((texts) => ({ name: texts[0] ?? '', score: scoreOption('', search, texts) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ name }) => name)

const MODELS = [
  ['gpt-4o-mini', 'OpenAI', 'tools · vision · 128k'],
  ['gpt-4o', 'OpenAI', 'tools · vision · 128k'],
  ['claude-sonnet-4-5', 'Anthropic', 'tools · vision · thinking · 200k'],
  ['NVIDIA', 'Not set up'],
  ['Azure OpenAI', 'Not set up'],
]

test('the name that is meant comes first, however it is divided', () => {
  expect(found('gpt-4o', MODELS)).toEqual(['gpt-4o', 'gpt-4o-mini'])
  expect(found('GPT 4o', MODELS)).toEqual(['gpt-4o', 'gpt-4o-mini'])
  expect(found('gpt4omini', MODELS)).toEqual(['gpt-4o-mini'])
})

test('the name of a provider finds its models and no others', () => {
  expect(found('openai', MODELS)).toEqual(['Azure OpenAI', 'gpt-4o-mini', 'gpt-4o'])
  expect(found('anthropic', MODELS)).toEqual(['claude-sonnet-4-5'])
})

test('what is said beside a name is found, in any order of words', () => {
  expect(found('thinking claude', MODELS)).toEqual(['claude-sonnet-4-5'])
  expect(found('not set up', MODELS)).toEqual(['NVIDIA', 'Azure OpenAI'])
  expect(found('gpt anthropic', MODELS)).toEqual([])
})
