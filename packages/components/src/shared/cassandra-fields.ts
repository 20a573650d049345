import { field } from '@runnel/sdk'
import { storeFields } from './vector-store.ts'

const { advanced_search_filter: _, ...common } = storeFields

/** Where a table of Cassandra is, and what is kept in it and looked for. */
export const cassandraFields = {
  database_ref: field.text({
    label: 'Contact Points / Astra Database ID',
    info: 'Servers of the cluster, with commas between, or the id of a database of Astra.',
    required: true,
  }),
  username: field.text({ label: 'Username', info: 'Who asks; empty for Astra.' }),
  token: field.secret({
    label: 'Password / AstraDB Token',
    info: 'The password of that user, or the token of the database.',
    required: true,
  }),
  keyspace: field.text({ label: 'Keyspace', info: 'The keyspace; it must be there.', required: true }),
  table_name: field.text({ label: 'Table Name', info: 'The table; made when it is not there.', required: true }),
  cluster_kwargs: field.dict({
    label: 'Cluster arguments',
    info: 'port, where it is not 9042, and ssl, which is true for encrypted connections.',
    list: true,
    advanced: true,
  }),
  ...common,
  search_filter: field.dict({
    label: 'Search Metadata Filter',
    info: 'Entries a document must have been kept with. A list means any of its values.',
    list: true,
    advanced: true,
  }),
} as const
