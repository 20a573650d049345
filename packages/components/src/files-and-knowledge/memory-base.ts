import { AppError } from '@runnel/protocol/errors'
import { type DataFrame, dataFrame, defineComponent, field, type RunArguments, type RunContext } from '@runnel/sdk'
import { knowledgeEmbeddings } from '../shared/knowledge-ingest.ts'
import { tracedSearch } from '../shared/traced-search.ts'

const inputs = {
  memory_base: field.dropdown({
    label: 'Memory Base',
    info: 'The memory base of this flow to use.',
    options: [],
    free: true,
    required: true,
    refresh: true,
    extra: { refresh_button: true },
  }),
  search_query: field.text({ label: 'Search Query', info: 'What to remember.', tool: true }),
  top_k: field.int({ label: 'Top K Results', info: 'The most texts to find.', default: 5, advanced: true }),
  include_metadata: field.bool({
    label: 'Include Metadata',
    info: 'Give who said it and when as well.',
    default: true,
    advanced: true,
  }),
  filter_by_session: field.bool({
    label: 'Filter By Session',
    info: 'Remember what was said in this session alone.',
    default: true,
    advanced: true,
  }),
} as const

export const memoryBase = defineComponent({
  type: 'MemoryBase',
  aliases: ['MemoryBaseComponent'],
  displayName: 'Memory Base',
  description: 'Finds what was said earlier in the chats of this flow, by its meaning.',
  icon: 'brain',
  category: 'files_and_knowledge',
  inputs,
  outputs: {
    retrieve_data: {
      type: 'DataFrame',
      label: 'Results',
      method: 'retrieve_memory',
      types: ['Table'],
      run: ({ inputs, context }) => remember(inputs, context),
    },
  },
})

async function remember(asked: RunArguments<typeof inputs>['inputs'], context: RunContext): Promise<DataFrame> {
  const name = (asked.memory_base ?? '').trim()
  if (name === '') throw invalid('No Memory Base is selected.')
  const base = await context.vectors.memoryBase(name)
  if (base?.flowId !== context.flowId) throw invalid(`Memory Base '${name}' is not attached to this flow.`)
  if (asked.filter_by_session && context.sessionId === '') {
    throw invalid('There is no session to remember. Run the flow with a session, or turn the filter off.')
  }
  const query = asked.search_query.trim()
  if (query === '') return dataFrame([])
  const embeddings = await knowledgeEmbeddings(base.embedding, undefined, context)
  const limit = Math.max(1, asked.top_k)
  const filter = asked.filter_by_session ? { session_id: context.sessionId } : undefined
  const found = await tracedSearch({ name, query, limit, filter }, context, async ({ signal, addUsage }) => {
    const [vector = []] = await embeddings.embed([query], signal, { purpose: 'query', addUsage })
    return base.collection.search({ vector, limit, ...(filter && { filter }) })
  })
  return dataFrame(
    found.map(({ text, metadata, distance }) => ({
      content: text,
      ...(distance !== null && { _score: -distance }),
      ...(asked.include_metadata && metadata),
    })),
  )
}

const invalid = (why: string): AppError => new AppError('invalid_field', [why])
