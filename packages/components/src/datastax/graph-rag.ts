import { AppError } from '@runnel/protocol/errors'
import { type Data, dataFrame, defineComponent, field, type RunArguments, textOfData } from '@runnel/sdk'
import { oncePerBuild } from '../shared/build-memo.ts'
import { edgesIn, traverse } from '../shared/graph-search.ts'
import { connectedStore } from '../shared/store-connection.ts'
import { storeOutputs } from '../shared/vector-store.ts'

const inputs = {
  embedding_model: field.handle({
    label: 'Embedding Model',
    info: 'Kept for older flows: the store makes vectors as it was set up.',
    accepts: ['Embeddings'],
  }),
  vector_store: field.handle({
    label: 'Vector Store Connection',
    info: 'The store that is searched.',
    accepts: ['VectorStore'],
    required: true,
  }),
  edge_definition: field.string({
    label: 'Edge Definition',
    info: 'The entries of the metadata that join documents: `a, b` joins those whose b is what a of another is.',
    required: true,
  }),
  strategy: field.dropdown({
    label: 'Traversal Strategies',
    info: 'All that is reached, or of that the nearest to the query.',
    options: ['Eager', 'Scored'],
    default: 'Eager',
    free: true,
  }),
  search_query: field.query({ label: 'Search Query', info: 'What to look for.', tool: true }),
  graphrag_strategy_kwargs: field.nestedDict({
    label: 'Strategy Parameters',
    info: 'How far it goes: start_k, adjacent_k, select_k and max_depth.',
    advanced: true,
  }),
} as const
type Args = RunArguments<typeof inputs>

export const graphRag = defineComponent({
  type: 'GraphRAG',
  aliases: ['GraphRAGComponent'],
  displayName: 'Graph RAG',
  description: 'Finds texts by meaning, and those that entries of their metadata join them to.',
  icon: 'AstraDB',
  category: 'datastax',
  inputs,
  outputs: {
    search_results: { ...storeOutputs.search_results, run: found },
    dataframe: {
      ...storeOutputs.dataframe,
      run: async (args) => dataFrame((await found(args)).map(({ data }) => data)),
    },
  },
})

function found({ inputs: chosen, context }: Args): Promise<readonly Data[]> {
  return oncePerBuild(context, 'found', async () => {
    const { search_query: query, edge_definition, graphrag_strategy_kwargs: given, strategy } = chosen
    const store = connectedStore(chosen.vector_store, 'Vector Store Connection')
    const edge = edgesIn(edge_definition)
    if (!edge) throw new AppError('invalid_field', ['The edge definition needs two names, such as `topic, topic`.'])
    if (query.trim() === '') return []
    const number = (name: string, usual: number) => (typeof given[name] === 'number' ? Math.trunc(given[name]) : usual)
    const reach = {
      start: number('start_k', 4),
      adjacent: number('adjacent_k', 10),
      most: number('select_k', number('k', 10)),
      depth: number('max_depth', 2),
      byNearness: strategy.startsWith('Scored'),
    }
    const documents = await traverse(store, query, edge, reach, context)
    context.setStatus(documents.map(textOfData))
    return documents
  })
}
