import type { ProviderRead } from '@runnel/protocol/models'
import type { KnownModel } from './model-row.tsx'

type Listed = ProviderRead['models']

const ABILITIES = [
  ['tools', 'tool_calling'],
  ['vision', 'vision'],
  ['thinking', 'thinking'],
] as const

/** The models of a provider: those it is known for, those the user has named, and those that embed. */
export function knownModels(
  language: Listed,
  embeddings: Listed,
  switches: Readonly<Record<string, boolean>>,
): readonly KnownModel[] {
  const embedding = new Map(embeddings.map((model) => [model.model_name, model]))
  const known = new Map(language.map((model) => [model.model_name, model]))
  const names = [...new Set([...known.keys(), ...Object.keys(switches)])].filter((name) => !embedding.has(name))
  return [
    ...names.map((name): KnownModel => {
      const metadata = known.get(name)?.metadata ?? {}
      return {
        name,
        kind: 'language',
        isSuggested: metadata.default === true,
        abilities: ABILITIES.flatMap(([ability, key]) => (metadata[key] === true ? [ability] : [])),
        isDeprecated: metadata.deprecated === true,
      }
    }),
    ...Array.from(embedding.values(), ({ model_name: name, metadata }): KnownModel => {
      const isSuggested = metadata.default === true
      return { name, kind: 'embeddings', isSuggested, abilities: [], isDeprecated: metadata.deprecated === true }
    }),
  ]
}
