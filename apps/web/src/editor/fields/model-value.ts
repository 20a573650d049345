import type { FlowDocument, TemplateField } from '../model/flow-document.ts'

/** A model as a field holds it. */
export interface ChosenModel {
  readonly name: string
  readonly provider?: string
  readonly icon?: string
  readonly [more: string]: unknown
}

/** Stands in the field when the model comes by an edge. */
export const CONNECTED_MODEL = 'connect_other_models'

/** The model a field holds; undefined for none, which means the default one. Older files hold the name alone. */
export function chosenModel(value: unknown): ChosenModel | undefined {
  const one: unknown = Array.isArray(value) ? value[0] : value
  if (typeof one === 'string') return one === '' || one === CONNECTED_MODEL ? undefined : { name: one }
  return isModel(one) ? one : undefined
}

const isModel = (value: unknown): value is ChosenModel =>
  typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string' && value.name !== ''

/** Whether a field of models shows a handle: only while its model comes by an edge. */
export const wantsModelEdge = (field: TemplateField): boolean => field.value === CONNECTED_MODEL

/** Whether a model can do what a field asks for: `filters: { tool_calling: true }`. */
export function fitsFilters(metadata: Readonly<Record<string, unknown>>, filters: unknown): boolean {
  if (typeof filters !== 'object' || filters === null) return true
  return Object.entries(filters).every(([key, wanted]) => metadata[key] === undefined || metadata[key] === wanted)
}

/** The fields of models in a flow that hold none, of one type. */
export function emptyModelFields(
  { nodes }: FlowDocument,
  modelType: string,
): readonly { readonly nodeId: string; readonly field: string }[] {
  return nodes.flatMap((node) =>
    Object.entries(node.data.node.template ?? {})
      .filter(([, field]) => field?.type === 'model' && (field.model_type ?? 'language') === modelType)
      .filter(([, field]) => !wantsModelEdge(field) && !chosenModel(field.value))
      .map(([field]) => ({ nodeId: node.id, field })),
  )
}
