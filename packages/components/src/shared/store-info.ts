import { argumentSchema, field, noSpans, type Tool, type ToolCaller, textOfData, type VectorStore } from '@runnel/sdk'

/** A vector store and what it holds. Travels along `VectorStoreInfo` edges. */
export interface StoreInfo {
  readonly kind: 'store-info'
  readonly name: string
  readonly description: string
  readonly store: VectorStore
}

export const isStoreInfo = (value: unknown): value is StoreInfo =>
  typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'store-info'

const nobody: ToolCaller = { addUsage: () => {}, spans: noSpans }

/** Documents a tool shows the model. */
const SHOWN = 4

/** The store as something an agent can look things up in. */
export function storeTool({ name: title, description, store }: StoreInfo): Tool {
  const name = title.replace(/[^A-Za-z0-9_-]+/g, '_').slice(0, 64) || 'vector_store'
  return {
    kind: 'tool',
    name,
    tags: [name],
    description: `Finds passages in ${title}. ${description}`,
    inputSchema: argumentSchema([
      ['query', field.text({ label: 'Query', info: 'What to look for, as a whole question.', required: true })],
    ]),
    async call({ query }, signal, { addUsage, spans } = nobody) {
      const found = await store.search(String(query ?? ''), SHOWN, { signal, addUsage, spans })
      return found.length === 0 ? 'Nothing was found.' : found.map(textOfData).join('\n\n')
    },
  }
}
