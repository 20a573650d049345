import { type Data, textOfData, type VectorStore } from '@runnel/sdk'
import { documentId } from './store-documents.ts'

/** Two entries of the metadata: a document leads to those whose `to` is what its own `from` is. */
export interface EdgeDefinition {
  readonly from: string
  readonly to: string
}

/** How far a search goes along edges. */
export interface Reach {
  /** Documents it begins with, and those it looks at behind each step. */
  readonly start: number
  readonly adjacent: number
  readonly most: number
  /** Steps; 0 stays with the beginning. */
  readonly depth: number
  /** What is nearest to the query comes first, however it was reached. */
  readonly byNearness: boolean
}

/** The names in `a, b`; undefined unless there are two. */
export function edgesIn(text: string): EdgeDefinition | undefined {
  const [from = '', to = '', ...more] = text.split(',').map((part) => part.trim())
  return from === '' || to === '' || more.length > 0 ? undefined : { from, to }
}

/** The documents nearest to the query and those that edges join them to, each once. */
export async function traverse(
  store: VectorStore,
  query: string,
  { from, to }: EdgeDefinition,
  { start, adjacent, most, depth, byNearness }: Reach,
  asking: Parameters<VectorStore['search']>[2],
): Promise<readonly Data[]> {
  const reached = new Map<string, Data>()
  const followed = new Set<string>()
  /** Those that are new. */
  const keep = (documents: readonly Data[]): readonly Data[] =>
    documents.filter((document) => {
      const id = documentId({ text: textOfData(document), metadata: document.data })
      return !reached.has(id) && reached.set(id, document)
    })
  let newest = keep(await store.search(query, start, asking))
  for (let step = 0; step < depth && newest.length > 0 && (byNearness || reached.size < most); step++) {
    const values = newest.flatMap(({ data }) => data[from] ?? []).filter((value) => !followed.has(String(value)))
    if (values.length === 0) break
    for (const value of values) followed.add(String(value))
    newest = keep(await store.search(query, adjacent, asking, { [to]: [...new Set(values)] }))
  }
  const all = [...reached.values()]
  if (!byNearness) return all.slice(0, most)
  // The store alone knows how near each is: it is asked for the order of as many as were reached at the farthest.
  const order = (await store.search(query, all.length * 4, asking)).map(textOfData)
  const placeOf = (document: Data) => {
    const place = order.indexOf(textOfData(document))
    return place === -1 ? order.length : place
  }
  return all.toSorted((a, b) => placeOf(a) - placeOf(b)).slice(0, most)
}
