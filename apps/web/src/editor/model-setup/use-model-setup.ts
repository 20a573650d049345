import type { ModelType, ProviderRead } from '@runnel/protocol/models'
import { useQuery } from '@tanstack/react-query'
import { useShallow } from 'zustand/react/shallow'
import { embeddingProvidersQuery, modelOptionsQuery, providersQuery } from '../../api/models.ts'
import { useEditorState } from '../editor-context.tsx'
import type { RunPart } from '../model/topology.ts'
import { wantedModels } from './fill-models.ts'

export interface ModelSetupState {
  /** The kind of model the flow asks and nobody has set up; undefined where it lacks none, or while that is not known. */
  readonly lacked: ModelType | undefined
  /** Who has such models and can be given a key or an address. */
  readonly providers: readonly ProviderRead[]
}

/** What has to be set up before the open flow, or what of it runs, can ask its models (N-35). */
export function useModelSetup(part: RunPart = {}): ModelSetupState {
  const wanted = useEditorState(useShallow(({ document }) => wantedModels(document, part)))
  const asksFor = (type: ModelType): boolean => wanted.includes(type)
  const language = useQuery({ ...modelOptionsQuery('language'), enabled: asksFor('language') })
  const embeddings = useQuery({ ...modelOptionsQuery('embeddings'), enabled: asksFor('embeddings') })
  const lacked = (['language', 'embeddings'] as const).find(
    (type) => asksFor(type) && (type === 'language' ? language : embeddings).data?.length === 0,
  )
  const { data: known = [] } = useQuery({
    ...(lacked === 'embeddings' ? embeddingProvidersQuery : providersQuery),
    enabled: lacked !== undefined,
  })
  return { lacked, providers: known.filter(({ variables }) => variables.length > 0) }
}
