import { defineComponent, field, type InputsOf, type RunContext } from '@runnel/sdk'
import { cassandraFields } from '../shared/cassandra-fields.ts'
import { cassandraTable } from '../shared/cassandra-table.ts'
import { linkedStore, type Walk } from '../shared/linked-store.ts'
import { requestOf, searching } from '../shared/store-node.ts'
import type { SearchType, StoreBackend } from '../shared/vector-store.ts'

const inputs = {
  ...cassandraFields,
  setup_mode: field.dropdown({
    label: 'Setup Mode',
    info: 'Off: the table is there, and is used as it is.',
    options: ['Sync', 'Off'],
    default: 'Sync',
    advanced: true,
  }),
  search_type: field.dropdown({
    label: 'Search Type',
    info: 'The nearest texts alone, or what their links lead to as well.',
    options: [
      'Traversal',
      'MMR traversal',
      'Similarity',
      'Similarity with score threshold',
      'MMR (Max Marginal Relevance)',
    ],
    default: 'Traversal',
    advanced: true,
  }),
  depth: field.int({
    label: 'Depth of traversal',
    info: 'How many links are followed, one after the other.',
    default: 1,
    advanced: true,
  }),
  search_score_threshold: field.float({
    label: 'Search Score Threshold',
    info: 'How near is near enough, from 0 to 1.',
    default: 0,
    advanced: true,
  }),
} as const
type Inputs = InputsOf<typeof inputs>

export const cassandraGraph = defineComponent({
  type: 'CassandraGraph',
  aliases: ['CassandraGraphVectorStoreComponent'],
  displayName: 'Cassandra Graph',
  description: 'Keeps texts that lead to one another in Cassandra, and finds them by meaning and along their links.',
  icon: 'Cassandra',
  category: 'cassandra',
  inputs,
  outputs: searching<typeof inputs>(
    (inputs, open) =>
      requestOf({ ...inputs, advanced_search_filter: inputs.search_filter }, open, {
        searchType: searchOf(inputs.search_type),
        threshold: inputs.search_score_threshold,
      }),
    graphStore,
  ),
})

/** What the store is asked; links are followed inside of it. */
function searchOf(type: Inputs['search_type']): SearchType {
  if (type === 'MMR (Max Marginal Relevance)') return 'MMR'
  return type === 'Similarity with score threshold' ? type : 'Similarity'
}

function walkOf({ search_type, depth }: Inputs): Walk | undefined {
  if (search_type === 'Traversal') return { depth, unlike: false }
  return search_type === 'MMR traversal' ? { depth, unlike: true } : undefined
}

const INCOMING = 'incoming_links'

function graphStore(inputs: Inputs, context: RunContext): StoreBackend {
  const table = cassandraTable(
    {
      database: inputs.database_ref,
      username: inputs.username,
      password: inputs.token,
      settings: inputs.cluster_kwargs,
      keyspace: inputs.keyspace,
      table: inputs.table_name,
      prepares: inputs.setup_mode !== 'Off',
      ttl: 0,
      batch: 16,
      words: { indexed: false, query: '' },
      lists: [INCOMING],
    },
    context,
  )
  return linkedStore({ ...table, provider: 'Cassandra Graph' }, { incoming: INCOMING, walk: walkOf(inputs) })
}
