import { readCatalogue } from '@runnel/protocol/server-info'
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { get, set } from 'idb-keyval'
import type { ListedComponents } from '../editor/catalogue.ts'
import { client } from './client.ts'

/** The catalogue as the server last told it, and what it calls it. */
interface Kept {
  readonly etag: string
  readonly text: string
}

const KEPT = 'runnel.catalogue'
const queryKey = ['catalogue'] as const

/**
 * Every component the server knows, by category and type: as this browser keeps it, at once, and anew when the server
 * has another.
 */
export const catalogueQuery = queryOptions({
  queryKey,
  staleTime: Number.POSITIVE_INFINITY,
  async queryFn({ signal, client: queries }): Promise<ListedComponents> {
    // A browser that keeps nothing (private windows) asks each time.
    const kept = await get<Kept>(KEPT).catch(() => undefined)
    if (kept) {
      // Without an answer what is kept stays; the health bar says that the server is away.
      void renew(queries, kept).catch(() => undefined)
      return listed(kept.text)
    }
    const answer = await client.request(readCatalogue, { signal })
    return answer.ok ? listed(await keep(answer)) : client.call(readCatalogue, { signal })
  },
})

async function renew(queries: QueryClient, { etag }: Kept): Promise<void> {
  const answer = await client.request(readCatalogue, { headers: { 'if-none-match': etag } })
  if (answer.ok) queries.setQueryData(queryKey, listed(await keep(answer)))
}

async function keep(answer: Response): Promise<string> {
  const [text, etag] = [await answer.text(), answer.headers.get('etag')]
  if (etag !== null) void set(KEPT, { etag, text } satisfies Kept).catch(() => undefined)
  return text
}

/** What the server of this page said; a worker that parsed it would have to copy it here, which takes as long. */
const listed = (text: string): ListedComponents => JSON.parse(text) as ListedComponents
