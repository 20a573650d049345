import { defineComponent, field, type InputsOf, type RunContext } from '@runnel/sdk'
import { nearnessFields, searchTypeOf } from '../shared/astra-fields.ts'
import { cassandraFields } from '../shared/cassandra-fields.ts'
import { cassandraTable } from '../shared/cassandra-table.ts'
import { requestOf, searching } from '../shared/store-node.ts'
import type { StoreBackend } from '../shared/vector-store.ts'

const inputs = {
  ...cassandraFields,
  ttl_seconds: field.int({
    label: 'TTL Seconds',
    info: 'How long texts are kept, in seconds; empty means for ever.',
    advanced: true,
  }),
  batch_size: field.int({
    label: 'Batch Size',
    info: 'How many texts are written at once.',
    default: 16,
    advanced: true,
  }),
  setup_mode: field.dropdown({
    label: 'Setup Mode',
    info: 'Off: the table is there, and is used as it is.',
    options: ['Sync', 'Async', 'Off'],
    default: 'Sync',
    advanced: true,
  }),
  ...nearnessFields,
  body_search: field.text({
    label: 'Search Body',
    info: 'Words a text must have as well.',
    advanced: true,
  }),
  enable_body_search: field.bool({
    label: 'Enable Body Search',
    info: 'Make new tables so that they can be searched by words. Databases of Astra can.',
    advanced: true,
  }),
} as const
type Inputs = InputsOf<typeof inputs>

export const cassandra = defineComponent({
  type: 'Cassandra',
  aliases: ['CassandraVectorStoreComponent'],
  displayName: 'Cassandra',
  description: 'Keeps texts in a table of Cassandra or Astra DB and finds them by meaning.',
  icon: 'Cassandra',
  category: 'cassandra',
  inputs,
  outputs: searching<typeof inputs>(
    (inputs, open) =>
      requestOf({ ...inputs, advanced_search_filter: inputs.search_filter }, open, {
        searchType: searchTypeOf(inputs),
        threshold: inputs.search_score_threshold,
      }),
    cassandraStore,
  ),
})

function cassandraStore(inputs: Inputs, context: RunContext): StoreBackend {
  return cassandraTable(
    {
      database: inputs.database_ref,
      username: inputs.username,
      password: inputs.token,
      settings: inputs.cluster_kwargs,
      keyspace: inputs.keyspace,
      table: inputs.table_name,
      prepares: inputs.setup_mode !== 'Off',
      ttl: inputs.ttl_seconds ?? 0,
      batch: inputs.batch_size,
      words: { indexed: inputs.enable_body_search, query: inputs.body_search.trim() },
    },
    context,
  )
}
