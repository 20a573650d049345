import type { ProviderRead } from '@runnel/protocol/models'
import type { KnownModel } from './model-row.tsx'

type Listed = ProviderRead['models']

const ABILITIES = [
  ['tools', 'tool_calling'],
  ['vision', 'vision'],
  ['thinking', 'thinking'],
] as const

/** The models of a provider: those it is known for, those the user has named, those it says it has. */
export function knownModels(
  language: Listed,
  embeddings: Listed,
  switches: Readonly<Record<string, boolean>>,
  discovered: Listed = [],
): readonly KnownModel[] {
  const [found, embeds] = partition(discovered, ({ metadata }) => metadata.model_type !== 'embeddings')
  const embedding = new Map([...embeds, ...embeddings].map((model) => [model.model_name, model]))
  const known = new Map([...found, ...language].map((model) => [model.model_name, model]))
  const order = [...language.map(({ model_name }) => model_name), ...Object.keys(switches), ...known.keys()]
  const names = [...new Set(order)].filter((name) => !embedding.has(name))
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

const partition = <Item>(items: readonly Item[], isFirst: (item: Item) => boolean): readonly [Item[], Item[]] => [
  items.filter(isFirst),
  items.filter((item) => !isFirst(item)),
]
