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
