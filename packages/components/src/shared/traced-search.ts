import { messageOf } from '@runnel/protocol/errors'
import type { RunContext } from '@runnel/sdk'

/** What is looked for, and where. */
export interface TracedSearch {
  /** The kind of store, or the name of the collection. */
  readonly name: string
  readonly query: string
  readonly limit: number
  readonly filter?: Readonly<Record<string, unknown>> | undefined
}

type SearchContext = Pick<RunContext, 'addUsage' | 'spans'>

/** Searches, and takes note of it as a retrieval: what was looked for, what was found, and the tokens it took. */
export async function tracedSearch<Context extends SearchContext, Found>(
  { name, query, limit, filter }: TracedSearch,
  context: Context,
  search: (context: Context) => Promise<readonly Found[]>,
): Promise<readonly Found[]> {
  const hasFilter = filter !== undefined && Object.keys(filter).length > 0
  const input = { query, limit, ...(hasFilter && { filter }) }
  const span = context.spans.start({ kind: 'retriever', name, input })
  let tokens = 0
  const usage = () => (tokens > 0 ? { input_tokens: tokens, output_tokens: 0, total_tokens: tokens } : null)
  const addUsage: RunContext['addUsage'] = (used, of) => {
    tokens += used.total_tokens
    context.addUsage(used, of)
  }
  try {
    const found = await search({ ...context, addUsage, spans: span.spans })
    span.end({ output: found, usage: usage() })
    return found
  } catch (error) {
    span.end({ error: messageOf(error), usage: usage() })
    throw error
  }
}
