import type { Data, VectorStore } from '@runnel/sdk'
import { sharedWords } from './kept-documents.ts'

/**
 * A store that finds among these documents, those with the most words of the query first; `asked` tells its
 * filters. A query is one token.
 */
export function listStore(documents: readonly Data[], asked: unknown[] = []): VectorStore {
  return {
    kind: 'vector-store',
    provider: 'List',
    async search(query, limit, { signal, addUsage }, filter = {}) {
      signal.throwIfAborted()
      addUsage({ input_tokens: 1, output_tokens: 0, total_tokens: 1 })
      asked.push({ query, limit, filter })
      return documents
        .filter(({ data }) => Object.entries(filter).every(([name, value]) => [value].flat().includes(data[name])))
        .toSorted((a, b) => sharedWords(String(b.data.text), query) - sharedWords(String(a.data.text), query))
        .slice(0, limit)
    },
  }
}
