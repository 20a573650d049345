import type { ModelType, ProviderRead } from '@runnel/protocol/models'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
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

/** Which of these kinds of models the server has none of; none while that is not known. */
export function useLackedModels(wanted: readonly ModelType[]): readonly ModelType[] {
  const { data: language } = useQuery({ ...modelOptionsQuery('language'), enabled: wanted.includes('language') })
  const { data: embeddings } = useQuery({ ...modelOptionsQuery('embeddings'), enabled: wanted.includes('embeddings') })
  return useMemo(
    () => wanted.filter((type) => (type === 'language' ? language : embeddings)?.length === 0),
    [wanted, language, embeddings],
  )
}

/** What has to be set up before what runs of the open flow can ask its models. */
export const useModelSetup = (part: RunPart = {}): ModelSetupState =>
  useSetupOf(useEditorState(useShallow(({ document }) => wantedModels(document, part))))

/** What has to be set up before models of these kinds can be asked. */
export function useSetupOf(wanted: readonly ModelType[]): ModelSetupState {
  const [lacked] = useLackedModels(wanted)
  const { data: known = [] } = useQuery({
    ...(lacked === 'embeddings' ? embeddingProvidersQuery : providersQuery),
    enabled: lacked !== undefined,
  })
  return { lacked, providers: known.filter(({ variables }) => variables.length > 0) }
}
