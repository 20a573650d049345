import { AppError, messageOf } from '@runnel/protocol/errors'
import { defineComponent, field, type InputsOf, type RunArguments, type RunContext } from '@runnel/sdk'
import { astraCollection } from '../shared/astra-db.ts'
import { astraAddressFields, nearnessFields, searchTypeOf } from '../shared/astra-fields.ts'
import { oncePerBuild } from '../shared/build-memo.ts'
import { chosenEmbeddings } from '../shared/embedding-choice.ts'
import { storeConnections } from '../shared/store-connection.ts'
import {
  asVectorStore,
  foundData,
  foundFrame,
  type StoreBackend,
  type StoreRequest,
  searchStore,
  storeFields,
  storeOutputs,
} from '../shared/vector-store.ts'

const inputs = {
  ...astraAddressFields,
  embedding_model: field.model({
    label: 'Embedding Model',
    info: 'What makes the vectors. Without it the collection does.',
    modelType: 'embedding',
  }),
  api_key: field.secret({
    label: 'Embedding API Key',
    info: 'Used instead of the key that is set for the provider of the embeddings.',
    advanced: true,
  }),
  ingest_data: storeFields.ingest_data,
  search_query: storeFields.search_query,
  should_cache_vector_store: storeFields.should_cache_vector_store,
  search_method: field.dropdown({
    label: 'Search Method',
    info: 'Find texts by their meaning, or by their words as well, put in order by a model.',
    options: ['Hybrid Search', 'Vector Search'],
    default: 'Vector Search',
    advanced: true,
  }),
  reranker: field.dropdown({
    label: 'Reranker',
    info: 'The model that puts what was found in order.',
    options: [],
    free: true,
  }),
  lexical_terms: field.query({ label: 'Lexical Terms', info: 'The words of a hybrid search.' }),
  number_of_results: storeFields.number_of_results,
  ...nearnessFields,
  advanced_search_filter: storeFields.advanced_search_filter,
  autodetect_collection: field.bool({
    label: 'Autodetect Collection',
    info: 'Kept for older flows: what a collection can do is always found out.',
    default: true,
    advanced: true,
  }),
  content_field: field.string({
    label: 'Content Field',
    info: 'Where the text of a document lies: content unless given.',
    advanced: true,
  }),
  deletion_field: field.string({
    label: 'Deletion Based On Field',
    info: 'Documents with the same value here make way for new ones.',
    advanced: true,
  }),
  ignore_invalid_documents: field.bool({
    label: 'Ignore Invalid Documents',
    info: 'Leave out what the database refuses.',
    advanced: true,
  }),
  astradb_vectorstore_kwargs: field.nestedDict({
    label: 'AstraDBVectorStore Parameters',
    info: 'Kept for older flows; changes nothing.',
    advanced: true,
  }),
} as const
type Inputs = InputsOf<typeof inputs>
type Arguments = RunArguments<typeof inputs>

export const astraDb = defineComponent({
  type: 'AstraDB',
  aliases: ['AstraDBVectorStoreComponent', 'AstraVectorStoreComponent'],
  displayName: 'Astra DB',
  description: 'Keeps texts in a collection of Astra DB, which can make the vectors itself, and finds them.',
  icon: 'AstraDB',
  category: 'datastax',
  documentation: 'https://docs.datastax.com/en/langflow/astra-components.html',
  inputs,
  outputs: {
    search_results: {
      ...storeOutputs.search_results,
      run: ({ inputs, context }) => foundData((own) => find(inputs, own), context),
    },
    dataframe: {
      ...storeOutputs.dataframe,
      run: ({ inputs, context }) => foundFrame((own) => find(inputs, own), context),
    },
    ...storeConnections(async ({ inputs, context }: Arguments) =>
      asVectorStore('AstraDB', await requestOf(inputs, context), context),
    ),
  },
})

async function find(inputs: Inputs, context: RunContext) {
  const request = await requestOf(inputs, context)
  const filter = inputs.advanced_search_filter
  if (request.query.trim() !== '' || Object.keys(filter).length === 0) return searchStore(request, context)
  await searchStore(request, context)
  const backend = await request.backend()
  return (await backend.find?.(filter, inputs.number_of_results)) ?? []
}

async function requestOf(inputs: Inputs, context: RunContext): Promise<StoreRequest> {
  const embedding = await embeddingsOf(inputs, context)
  return {
    backend: () => oncePerBuild(context, 'store', () => storeOf(inputs, embedding !== undefined, context)),
    embedding,
    documents: inputs.ingest_data,
    query: inputs.search_query,
    limit: inputs.number_of_results,
    searchType: searchTypeOf(inputs),
    threshold: inputs.search_score_threshold,
    filter: inputs.advanced_search_filter,
  }
}

/** Those of the edge or of the chosen model; none where neither is set. */
async function embeddingsOf({ embedding_model: model, api_key }: Inputs, context: RunContext) {
  const given: unknown = Array.isArray(model) ? model[0] : model
  if (given === undefined || given === null || given === '') return undefined
  return chosenEmbeddings({ model, api_key }, context)
}

async function storeOf(inputs: Inputs, hasEmbeddings: boolean, context: RunContext): Promise<StoreBackend> {
  const store = await astraCollection(
    {
      token: inputs.token,
      environment: inputs.environment,
      database: inputs.database_name,
      endpoint: inputs.api_endpoint,
      keyspace: inputs.keyspace,
      collection: inputs.collection_name,
      contentField: inputs.content_field,
      deletionField: inputs.deletion_field.trim(),
      ignoresInvalid: inputs.ignore_invalid_documents,
      hasEmbeddings,
      hybrid:
        inputs.search_method === 'Hybrid Search' ? { reranker: inputs.reranker, terms: inputs.lexical_terms } : null,
    },
    context,
  )
  return {
    ...store,
    add: (documents) => naming('adding documents to', context, () => store.add(documents)),
    nearest: (vector, options) => naming('performing search in', context, () => store.nearest(vector, options)),
  }
}

/** A failure that says what was being done. */
async function naming<Value>(doing: string, { signal }: RunContext, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work()
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof AppError) || error.code !== 'bad_request') throw error
    throw new AppError('bad_request', [`Error ${doing} AstraDBVectorStore: ${messageOf(error)}`], { cause: error })
  }
}
