import { defineComponent, field, type InputsOf, type RunContext } from '@runnel/sdk'
import { astraCollection } from '../shared/astra-db.ts'
import { nearnessFields, searchTypeOf } from '../shared/astra-fields.ts'
import { requestOf, searching } from '../shared/store-node.ts'
import { type StoreBackend, storeFields } from '../shared/vector-store.ts'

const inputs = {
  collection_name: field.string({
    label: 'Collection Name',
    info: 'The collection; made when it is not there.',
    required: true,
  }),
  username: field.string({ label: 'HCD Username', info: 'Who asks.', default: 'hcd-superuser', required: true }),
  password: field.secret({
    label: 'HCD Password',
    info: 'The password of that user.',
    variable: 'HCD_PASSWORD',
    required: true,
  }),
  api_endpoint: field.secret({
    label: 'HCD API Endpoint',
    info: 'Where the Data API of the cluster answers.',
    variable: 'HCD_API_ENDPOINT',
    required: true,
  }),
  namespace: field.string({
    label: 'Namespace',
    info: 'The part of the cluster to use.',
    default: 'default_namespace',
    advanced: true,
  }),
  ...nearnessFields,
  ...storeFields,
} as const
type Inputs = InputsOf<typeof inputs>

export const hcd = defineComponent({
  type: 'HCD',
  aliases: ['HCDVectorStoreComponent'],
  displayName: 'Hyper-Converged Database',
  description: 'Keeps texts in a collection of DataStax HCD and finds them by meaning.',
  icon: 'HCD',
  category: 'datastax',
  inputs,
  outputs: searching<typeof inputs>(
    (inputs, open) =>
      requestOf(inputs, open, {
        searchType: searchTypeOf(inputs),
        threshold: inputs.search_score_threshold,
      }),
    hcdStore,
  ),
})

const base64 = (text: string): string => Buffer.from(text).toString('base64')

async function hcdStore(inputs: Inputs, context: RunContext): Promise<StoreBackend> {
  const { username, password, api_endpoint: endpoint, namespace: keyspace, collection_name: collection } = inputs
  const store = await astraCollection(
    {
      token: `Cassandra:${base64(username)}:${base64(password)}`,
      environment: 'hcd',
      database: '',
      endpoint,
      keyspace,
      collection,
      contentField: '',
      deletionField: '',
      ignoresInvalid: false,
      hasEmbeddings: true,
      hybrid: null,
    },
    context,
  )
  return { ...store, provider: 'HCD' }
}
