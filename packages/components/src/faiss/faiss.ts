import { defineComponent, field, type RunArguments, type RunContext } from '@runnel/sdk'
import { embeddedStore } from '../shared/embedded-store.ts'
import { foundData, foundFrame, searchStore, storeFields, storeOutputs } from '../shared/vector-store.ts'

const { ingest_data, search_query, should_cache_vector_store, embedding, number_of_results, advanced_search_filter } =
  storeFields

const inputs = {
  index_name: field.string({ label: 'Index Name', info: 'The name of the index.', default: 'langflow_index' }),
  persist_directory: field.string({
    label: 'Persist Directory',
    info: 'Tells indexes of one name apart. They are all kept in the data folder of the server.',
  }),
  ingest_data,
  search_query,
  should_cache_vector_store,
  allow_dangerous_deserialization: field.bool({
    label: 'Allow Dangerous Deserialization',
    info: 'Kept for older flows: no file here holds code.',
    default: true,
    advanced: true,
  }),
  embedding,
  number_of_results,
  advanced_search_filter,
} as const
type Inputs = RunArguments<typeof inputs>['inputs']

export const faiss = defineComponent({
  type: 'FAISS',
  aliases: ['FaissVectorStoreComponent'],
  displayName: 'FAISS',
  description: 'Finds texts by meaning in an index on this server. With data given, it holds these and nothing else.',
  icon: 'FAISS',
  category: 'FAISS',
  inputs,
  outputs: {
    search_results: { ...storeOutputs.search_results, run: ({ inputs, context }) => foundData(find(inputs), context) },
    dataframe: { ...storeOutputs.dataframe, run: ({ inputs, context }) => foundFrame(find(inputs), context) },
  },
})

const find = (inputs: Inputs) => (context: RunContext) => {
  const name = ['faiss', inputs.persist_directory.trim(), inputs.index_name.trim()].join('/')
  return searchStore(
    {
      backend: () => embeddedStore('FAISS', context.vectors.collection(name), { keepsOthers: false }),
      embedding: inputs.embedding,
      documents: inputs.ingest_data,
      query: inputs.search_query,
      limit: inputs.number_of_results,
      filter: inputs.advanced_search_filter,
    },
    context,
  )
}
