import type { ModelOption, ModelType } from '@runnel/protocol/models'
import type { QueryClient } from '@tanstack/react-query'
import { modelOptionsQuery } from '../../api/models.ts'
import { setFields } from '../commands/set-fields.ts'
import type { Workspace } from '../editor-context.tsx'
import { emptyModelFields, fitsFilters } from '../fields/model-value.ts'
import type { FlowDocument } from '../model/flow-document.ts'
import { isBypassed } from '../model/problems.ts'
import { involvedNodes, type RunPart } from '../model/topology.ts'

/** Models by what they do, as fields and as the server call it. */
export const MODEL_TYPES = [
  { field: 'language', asked: 'language' },
  { field: 'embedding', asked: 'embeddings' },
  { field: 'embeddings', asked: 'embeddings' },
] as const

/** What kinds of models a flow has fields for that hold none. @param part only in what of it runs */
export function wantedModels(document: FlowDocument, part: RunPart = {}): readonly ModelType[] {
  const involved = involvedNodes(document, part)
  const nodes = document.nodes.filter((node) => !isBypassed(node) && (involved?.has(node.id) ?? true))
  const isWanted = (field: string): boolean => emptyModelFields({ nodes, edges: document.edges }, field).length > 0
  return [...new Set(MODEL_TYPES.flatMap(({ field, asked }) => (isWanted(field) ? [asked] : [])))]
}

/** The first kind of model what runs has a field without one for, while the server has none to use in its place. */
export async function lackedModel(
  document: FlowDocument,
  queryClient: QueryClient,
  part: RunPart = {},
): Promise<ModelType | undefined> {
  for (const type of wantedModels(document, part)) {
    if ((await queryClient.fetchQuery(modelOptionsQuery(type))).length === 0) return type
  }
  return undefined
}

/** Gives every field without a model the usual one of a provider that can do what the field asks for. */
export async function fillModels(
  { editor, refresh }: Pick<Workspace, 'editor' | 'refresh'>,
  queryClient: QueryClient,
  provider: string,
): Promise<void> {
  const changes = []
  for (const { field, asked } of MODEL_TYPES) {
    if (emptyModelFields(editor.getDocument(), field).length === 0) continue
    const options = await queryClient.fetchQuery({ ...modelOptionsQuery(asked), staleTime: 0 })
    const own = options.filter((model) => model.provider === provider)
    changes.push(...fillings(editor.getDocument(), field, own))
  }
  editor.apply(setFields, { changes })
  // A run that begins before its nodes are as the server describes them leaves what it made out of date.
  await Promise.all(changes.map(({ nodeId, field }) => refresh.refresh(nodeId, field)))
}

/** For each field without a model the usual one of those that can do what it asks for. */
export function fillings(document: FlowDocument, type: string, models: readonly ModelOption[]) {
  return emptyModelFields(document, type).flatMap(({ nodeId, field }) => {
    const filters = document.nodes.find(({ id }) => id === nodeId)?.data.node.template[field]?.filters
    const fitting = models.filter(({ metadata }) => fitsFilters(metadata, filters))
    const usual = fitting.find(({ metadata }) => metadata.default === true) ?? fitting[0]
    return usual ? [{ nodeId, field, change: { value: [usual] } }] : []
  })
}
