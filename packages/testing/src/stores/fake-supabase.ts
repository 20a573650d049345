import type { FakeService } from '../answering-server.ts'
import { nearestOf } from './kept-documents.ts'

interface Row {
  readonly id: string
  readonly content: string
  readonly metadata: Readonly<Record<string, unknown>>
  readonly embedding: readonly number[]
}

/** Supabase with a table of documents and the function Supabase's guides have for finding them. */
export function fakeSupabase(): FakeService {
  const tables = new Map<string, Map<string, Row>>([['documents', new Map()]])
  return ({ path, headers, body }) => {
    if (headers.apikey !== 'key' || headers.authorization !== 'Bearer key')
      return { status: 401, body: { message: 'No API key' } }
    const { pathname, searchParams } = new URL(path, 'http://supabase.test')
    const name = pathname.slice('/rest/v1/'.length)
    if (name === 'rpc/match_documents') {
      const { query_embedding, filter } = body as {
        readonly query_embedding: readonly number[]
        readonly filter: Readonly<Record<string, unknown>>
      }
      const rows = Array.from(tables.get('documents')?.values() ?? [], (row) => ({ ...row, vector: row.embedding }))
      const fits = ({ metadata }: Row) => Object.entries(filter).every(([key, value]) => metadata[key] === value)
      return {
        body: nearestOf(rows, query_embedding, Number(searchParams.get('limit')), fits).map(
          ({ id, content, metadata, score, embedding }) => ({
            id,
            content,
            metadata,
            similarity: score,
            embedding: JSON.stringify(embedding),
          }),
        ),
      }
    }
    const table = tables.get(name)
    if (!table) return { status: 404, body: { message: `Could not find the table 'public.${name}'` } }
    for (const row of body as readonly Row[]) table.set(row.id, row) // what the tests send
    return { status: 201 }
  }
}
