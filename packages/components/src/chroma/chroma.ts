import { createMemoryCollection, defineComponent, field, type RunArguments, type RunContext } from '@runnel/sdk'
import { chromaServer } from '../shared/chroma-server.ts'
import { embeddedStore } from '../shared/embedded-store.ts'
import { requestOf, searching } from '../shared/store-node.ts'
import { type StoreBackend, storeFields } from '../shared/vector-store.ts'

const inputs = {
  collection_name: field.string({
    label: 'Collection Name',
    info: 'The name of the collection.',
    default: 'langflow',
  }),
  persist_directory: field.string({
    label: 'Persist Directory',
    info: 'A name under which the collection is kept on this server. Without it, it is gone after the run.',
  }),
  chroma_server_cors_allow_origins: field.string({
    label: 'Server CORS Allow Origins',
    info: 'Kept for older flows; changes nothing.',
    advanced: true,
  }),
  chroma_server_host: field.string({
    label: 'Server Host',
    info: 'A Chroma server to use instead of this one.',
    advanced: true,
  }),
  chroma_server_http_port: field.int({
    label: 'Server HTTP Port',
    info: 'The port of that server; 8000 unless given.',
    advanced: true,
  }),
  chroma_server_grpc_port: field.int({
    label: 'Server gRPC Port',
    info: 'Kept for older flows; changes nothing.',
    advanced: true,
  }),
  chroma_server_ssl_enabled: field.bool({
    label: 'Server SSL Enabled',
    info: 'That server is asked by https.',
    advanced: true,
  }),
  allow_duplicates: field.bool({
    label: 'Allow Duplicates',
    info: 'Kept for older flows: what is the same is kept once.',
    advanced: true,
  }),
  search_type: field.dropdown({
    label: 'Search Type',
    info: 'The nearest texts, or near ones that are unlike one another.',
    options: ['Similarity', 'MMR'],
    default: 'Similarity',
    advanced: true,
  }),
  limit: field.int({
    label: 'Limit',
    info: 'Kept for older flows: duplicates are found among all texts.',
    advanced: true,
  }),
  ...storeFields,
} as const
type Inputs = RunArguments<typeof inputs>['inputs']

export const chroma = defineComponent({
  type: 'Chroma',
  aliases: ['ChromaVectorStoreComponent'],
  displayName: 'Chroma DB',
  description: 'Keeps texts in a Chroma collection, on this server or another, and finds them by meaning.',
  icon: 'Chroma',
  category: 'chroma',
  inputs,
  outputs: searching<typeof inputs>(
    (inputs, open) => requestOf(inputs, open, { searchType: inputs.search_type }),
    storeOf,
  ),
})

async function storeOf(inputs: Inputs, context: RunContext): Promise<StoreBackend> {
  const { chroma_server_host: host, chroma_server_http_port: port = 8000, chroma_server_ssl_enabled: secure } = inputs
  const collection = inputs.collection_name.trim() || 'langflow'
  if (host.trim() !== '') {
    return chromaServer({ url: `${secure ? 'https' : 'http'}://${host.trim()}:${port}`, collection }, context)
  }
  const folder = inputs.persist_directory.trim()
  if (folder !== '') return embeddedStore('Chroma', context.vectors.collection(`chroma/${folder}/${collection}`))
  // One for all calls of this node in the run: tools are given their documents once.
  const key = `${context.node.id}:memory:${collection}`
  const kept = context.state.get(key) ?? createMemoryCollection()
  context.state.set(key, kept)
  // Set three lines above.
  return embeddedStore('Chroma', kept as ReturnType<typeof createMemoryCollection>)
}
