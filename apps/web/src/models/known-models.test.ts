import { expect, test } from 'vitest'
import { knownModels } from './known-models.ts'

test('models are those of the provider, those of the user, and those that embed', () => {
  const language = [
    { model_name: 'new', metadata: { tool_calling: true, vision: true, default: true } },
    { model_name: 'old', metadata: { deprecated: true } },
  ]
  const embeddings = [{ model_name: 'embed', metadata: {} }]
  const found = knownModels(language, embeddings, { new: true, own: true, embed: true })
  expect(found.map(({ name, kind, abilities, isDeprecated }) => [name, kind, abilities.join(), isDeprecated])).toEqual([
    ['new', 'language', 'tools,vision', false],
    ['old', 'language', '', true],
    ['own', 'language', '', false],
    ['embed', 'embeddings', '', false],
  ])
})

test('what a provider says it has comes after what it is known for, and embeddings are told apart', () => {
  const language = [{ model_name: 'suggested', metadata: { default: true } }]
  const discovered = [
    { model_name: 'bge', metadata: { model_type: 'embeddings' } },
    { model_name: 'newest', metadata: { model_type: 'language', vision: true } },
    { model_name: 'suggested', metadata: { model_type: 'language' } },
  ]
  const found = knownModels(language, [], {}, discovered)
  expect(found.map(({ name, kind, isSuggested, abilities }) => [name, kind, isSuggested, abilities.join()])).toEqual([
    ['suggested', 'language', true, ''],
    ['newest', 'language', false, 'vision'],
    ['bge', 'embeddings', false, ''],
  ])
})
