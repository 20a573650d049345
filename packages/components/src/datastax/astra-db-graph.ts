import { defineComponent, field, type InputsOf, type RunContext } from '@runnel/sdk'
import { astraCollection } from '../shared/astra-db.ts'
import { astraAccessFields } from '../shared/astra-fields.ts'
import { linkedStore } from '../shared/linked-store.ts'
import { requestOf, searching } from '../shared/store-node.ts'
import { type SearchType, type StoreBackend, storeFields } from '../shared/vector-store.ts'

const { embedding: _, advanced_search_filter: __, ...common } = storeFields
const kept = (label: string) => field.int({ label, info: 'Kept for older flows; changes nothing.', advanced: true })
const keptList = (label: string) =>
  field.string({ label, info: 'Kept for older flows; changes nothing.', list: true, advanced: true })

const inputs = {
  ...astraAccessFields,
  collection_name: field.string({
    label: 'Collection Name',
    info: 'The collection; made when it is not there.',
    required: true,
  }),
  metadata_incoming_links_key: field.string({
    label: 'Metadata incoming links key',
    info: 'Where documents keep what leads to them: incoming_links unless given.',
    advanced: true,
  }),
  ...common,
  keyspace: field.string({
    label: 'Keyspace',
    info: 'The part of the database to use: default_keyspace unless given.',
    advanced: true,
  }),
  embedding_model: field.handle({
    label: 'Embedding Model',
    info: 'What makes the vectors. Without it the collection does.',
    accepts: ['Embeddings'],
  }),
  metric: field.dropdown({
    label: 'Metric',
    info: 'Kept for older flows; new collections compare by cosine.',
    options: ['cosine', 'dot_product', 'euclidean'],
    default: 'cosine',
    advanced: true,
  }),
  batch_size: kept('Batch Size'),
  bulk_insert_batch_concurrency: kept('Bulk Insert Batch Concurrency'),
  bulk_insert_overwrite_concurrency: kept('Bulk Insert Overwrite Concurrency'),
  bulk_delete_concurrency: kept('Bulk Delete Concurrency'),
  setup_mode: field.dropdown({
    label: 'Setup Mode',
    info: 'Kept for older flows: a collection is made when it is not there.',
    options: ['Sync', 'Off'],
    default: 'Sync',
    advanced: true,
  }),
  pre_delete_collection: field.bool({
    label: 'Pre Delete Collection',
    info: 'Kept for older flows: a collection is never deleted here.',
    advanced: true,
  }),
  metadata_indexing_include: keptList('Metadata Indexing Include'),
  metadata_indexing_exclude: keptList('Metadata Indexing Exclude'),
  collection_indexing_policy: field.string({
    label: 'Collection Indexing Policy',
    info: 'Kept for older flows; changes nothing.',
    advanced: true,
  }),
  search_type: field.dropdown({
    label: 'Search Type',
    info: 'The nearest texts alone, or what their links lead to as well.',
    options: [
      'Similarity',
      'Similarity with score threshold',
      'MMR (Max Marginal Relevance)',
      'Graph Traversal',
      'MMR (Max Marginal Relevance) Graph Traversal',
    ],
    default: 'MMR (Max Marginal Relevance) Graph Traversal',
    advanced: true,
  }),
  search_score_threshold: field.float({
    label: 'Search Score Threshold',
    info: 'How near is near enough, from 0 to 1.',
    default: 0,
    advanced: true,
  }),
  search_filter: field.dict({
    label: 'Search Metadata Filter',
    info: 'Entries a document must have been kept with. A list means any of its values.',
    list: true,
    advanced: true,
  }),
} as const
type Inputs = InputsOf<typeof inputs>

export const astraDbGraph = defineComponent({
  type: 'AstraDBGraph',
  aliases: ['AstraDBGraphVectorStoreComponent'],
  displayName: 'Astra DB Graph',
  description: 'Keeps texts that lead to one another in Astra DB, and finds them by meaning and along their links.',
  icon: 'AstraDB',
  category: 'datastax',
  legacy: true,
  replacement: ['datastax.GraphRAG'],
  inputs,
  outputs: searching<typeof inputs>(
    (inputs, open) =>
      requestOf({ ...inputs, advanced_search_filter: inputs.search_filter }, open, {
        embedding: inputs.embedding_model,
        searchType: SEARCHES[inputs.search_type],
        threshold: inputs.search_score_threshold,
      }),
    graphStore,
  ),
})

/** What the store is asked; links are followed inside of it. */
const SEARCHES: Readonly<Record<Inputs['search_type'], SearchType>> = {
  Similarity: 'Similarity',
  'Similarity with score threshold': 'Similarity with score threshold',
  'MMR (Max Marginal Relevance)': 'MMR',
  'Graph Traversal': 'Similarity',
  'MMR (Max Marginal Relevance) Graph Traversal': 'Similarity',
}
const WALKS: Partial<Readonly<Record<Inputs['search_type'], { readonly depth: number; readonly unlike: boolean }>>> = {
  'Graph Traversal': { depth: 1, unlike: false },
  'MMR (Max Marginal Relevance) Graph Traversal': { depth: 2, unlike: true },
}

async function graphStore(inputs: Inputs, context: RunContext): Promise<StoreBackend> {
  const { token, api_endpoint: endpoint, keyspace, collection_name: collection } = inputs
  const incoming = inputs.metadata_incoming_links_key.trim() || 'incoming_links'
  const store = await astraCollection(
    {
      token,
      endpoint,
      keyspace,
      collection,
      environment: '',
      database: '',
      contentField: '',
      deletionField: '',
      ignoresInvalid: false,
      hasEmbeddings: Boolean(inputs.embedding_model),
      hybrid: null,
      lists: [incoming],
    },
    context,
  )
  return linkedStore({ ...store, provider: 'AstraDB Graph' }, { incoming, walk: WALKS[inputs.search_type] })
}
