import type { ExampleFlowRead } from '@runnel/protocol/example-flows'
import type { FlowRead } from '@runnel/protocol/flows'
import { isObject } from '@runnel/protocol/json'

/** What templates are for, as Langflow tags them. */
export const USE_CASES = [
  'assistants',
  'classification',
  'coding',
  'content-generation',
  'q-a',
  'summarisation',
  'web-scraping',
] as const
/** How they do it. */
export const METHODS = ['chatbots', 'prompting', 'rag', 'agents'] as const

/** Where the gallery begins, and everything it holds. */
const FIRST = ['get-started', 'all-templates'] as const

export type Category = (typeof USE_CASES)[number] | (typeof METHODS)[number] | (typeof FIRST)[number]

/** What the gallery shows. */
export interface GalleryState {
  readonly category: Category
  readonly search: string
}

export const GALLERY_AT_FIRST: GalleryState = { category: 'get-started', search: '' }

/** A category by its name; the first where there is none of this name. */
export const categoryOf = (name: string): Category =>
  [...FIRST, ...USE_CASES, ...METHODS].find((category) => category === name) ?? GALLERY_AT_FIRST.category

/** A search begins with all templates where only the first few are shown, and stays within any other category. */
export const searched = ({ category, search }: GalleryState, words: string): GalleryState => ({
  category: category === 'get-started' && search === '' && words !== '' ? 'all-templates' : category,
  search: words,
})

/** How many of them stand on the canvas of a new flow. */
export const OFFERED_AT_FIRST = 4

/** The templates a newcomer sees first, by their keys. */
const FIRST_STEPS: readonly string[] = [
  'basic_prompting',
  'memory_chatbot',
  'simple_agent',
  'document_q_a',
  'webhook_summary',
]

/** Component nodes of a graph; notes and groups' insides do not count. */
const nodesOf = (flow: FlowRead): readonly unknown[] =>
  isObject(flow.data) && Array.isArray(flow.data.nodes)
    ? flow.data.nodes.filter((node) => isObject(node) && node.type !== 'noteNode')
    : []

export const nodeCount = (flow: FlowRead): number => nodesOf(flow).length

/** Stands for the key of whichever provider a flow's model is of. */
export const PROVIDER_KEY = 'api_key'

/** What the flow's secret fields ask for: names of variables, or the key of a provider. */
export function credentialsOf(flow: FlowRead): readonly string[] {
  const names = new Set<string>()
  for (const node of nodesOf(flow)) {
    const data = isObject(node) && isObject(node.data) ? node.data : {}
    const template = isObject(data.node) && isObject(data.node.template) ? data.node.template : {}
    for (const [key, field] of Object.entries(template)) {
      if (!isObject(field) || field._input_type !== 'SecretStrInput' || field.show === false) continue
      if (field.required === true || (typeof field.value === 'string' && field.load_from_db === true)) {
        const variable = typeof field.value === 'string' ? field.value : ''
        names.add(variable || (key === PROVIDER_KEY ? key : String(field.display_name)))
      }
    }
  }
  return [...names]
}

/** The templates of a category whose name or description holds the words. */
export function visibleTemplates(
  flows: readonly ExampleFlowRead[],
  { category, search }: GalleryState,
): readonly ExampleFlowRead[] {
  const words = search.trim().toLowerCase()
  const inCategory =
    category === 'all-templates'
      ? flows
      : category === 'get-started'
        ? FIRST_STEPS.flatMap((first) => flows.find(({ name_key }) => name_key === first) ?? [])
        : flows.filter(({ tags }) => tags?.includes(category))
  return inCategory.filter(({ name, description }) => `${name}\n${description ?? ''}`.toLowerCase().includes(words))
}
