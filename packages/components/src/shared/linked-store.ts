import { isObject } from '@runnel/protocol/json'
import { toText } from '@runnel/sdk'
import { textIn } from './ask-service.ts'
import { marginallyRelevant } from './marginal-relevance.ts'
import { documentId } from './store-documents.ts'
import type { EmbeddedDocument, FoundDocument, NearestOptions, StoreBackend } from './vector-store.ts'

/** How a search goes on along links. */
export interface Walk {
  readonly depth: number
  /** Of all that is reached, those that are near and unlike one another. */
  readonly unlike: boolean
}

export interface Linking {
  /** Where a document keeps the tags by which others lead to it, as a list. */
  readonly incoming: string
  /** Undefined: only what is near is found. */
  readonly walk: Walk | undefined
}

/** Documents looked at behind each step, and those a choice of unlike ones begins with. */
const ADJACENT = 10
const CANDIDATES = 100
const LINKS = 'links'

/**
 * A store whose documents lead to one another. A document says so in its `links`, a list of `{ kind, direction, tag }`:
 * one with a tag that goes `out` leads to those with the same tag that goes `in`; `bidir` is both.
 */
export function linkedStore(store: StoreBackend, { incoming, walk }: Linking): StoreBackend {
  const withoutLinks = ({ metadata: { [LINKS]: _, [incoming]: __, ...metadata }, ...found }: FoundDocument) => ({
    ...found,
    metadata,
  })
  async function reached(vector: readonly number[], options: NearestOptions, { depth, unlike }: Walk) {
    const all = new Map<string, FoundDocument>()
    const keep = (found: readonly FoundDocument[]) =>
      found.filter((one) => !all.has(idOf(one)) && all.set(idOf(one), one))
    const followed = new Set<string>()
    const asked = { ...options, withVectors: unlike }
    let newest = keep(await store.nearest(vector, { ...asked, limit: unlike ? CANDIDATES : options.limit }))
    for (let step = 0; step < depth && newest.length > 0; step++) {
      const tags = [...new Set(newest.flatMap(({ metadata }) => tagsOf(metadata[LINKS], 'out')))]
      const unseen = tags.filter((tag) => !followed.has(tag))
      if (unseen.length === 0) break
      for (const tag of unseen) followed.add(tag)
      const filter = { ...options.filter, [incoming]: unseen }
      newest = keep(await store.nearest(vector, { ...asked, filter, limit: ADJACENT }))
    }
    const found = [...all.values()]
    // A store that embeds itself does not show the query's vector: its best document stands for it.
    return unlike
      ? marginallyRelevant(vector.length > 0 ? vector : (found[0]?.vector ?? []), found, options.limit)
      : found
  }
  return {
    ...store,
    add: (documents) => store.add(documents.map((document) => ({ ...document, metadata: linked(document, incoming) }))),
    nearest: async (vector, options) =>
      (walk ? await reached(vector, options, walk) : await store.nearest(vector, options)).map(withoutLinks),
  }
}

const idOf = ({ text, metadata }: FoundDocument): string => documentId({ text, metadata })

/** The metadata with the links as one text, and with the tags that lead here. */
function linked({ metadata }: EmbeddedDocument, incoming: string): EmbeddedDocument['metadata'] {
  const { [LINKS]: links, ...rest } = metadata
  if (links === undefined) return metadata
  return {
    ...rest,
    [LINKS]: typeof links === 'string' ? links : JSON.stringify(links),
    [incoming]: tagsOf(links, 'in'),
  }
}

/** The tags of the links that go one way, each with its kind. */
function tagsOf(links: unknown, way: 'in' | 'out'): readonly string[] {
  const given = typeof links === 'string' ? listIn(links) : links
  if (!Array.isArray(given)) return []
  return given
    .filter(isObject)
    .filter(({ direction }) => direction === way || direction === 'bidir')
    .map(({ kind, tag }) => `${textIn(kind)}:${toText(tag)}`)
}

function listIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return [] // Metadata of that name may be anything.
  }
}
