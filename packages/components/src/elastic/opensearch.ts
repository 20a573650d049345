import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import { defineComponent, field, type InputsOf, type RunContext } from '@runnel/sdk'
import { jsonService } from '../shared/json-service.ts'
import {
  addToIndex,
  basicAuth,
  ensureIndex,
  filterClauses,
  knownInIndex,
  type SearchIndex,
  searchIndex,
} from '../shared/search-index.ts'
import { requestOf, searching } from '../shared/store-node.ts'
import { type StoreBackend, storeFields } from '../shared/vector-store.ts'

const inputs = {
  opensearch_url: field.string({ label: 'OpenSearch URL', info: 'Where it runs.', default: 'http://localhost:9200' }),
  index_name: field.string({
    label: 'Index Name',
    info: 'The index; made when it is not there.',
    default: 'langflow',
  }),
  engine: field.dropdown({
    label: 'Vector Engine',
    info: 'What searches the vectors of an index that is made.',
    options: ['lucene', 'faiss', 'nmslib', 'jvector'],
    default: 'lucene',
    advanced: true,
  }),
  space_type: field.dropdown({
    label: 'Distance Metric',
    info: 'How nearness is measured in an index that is made.',
    options: ['cosinesimil', 'l2', 'innerproduct', 'l1', 'linf'],
    default: 'cosinesimil',
    advanced: true,
  }),
  vector_field: field.string({
    label: 'Vector Field Name',
    info: 'Where the vector of a document lies.',
    default: 'chunk_embedding',
    advanced: true,
  }),
  hybrid_search_query: field.multiline({
    label: 'Hybrid Search Query',
    info: 'A whole query of OpenSearch in JSON, instead of one by meaning.',
    advanced: true,
  }),
  auth_mode: field.dropdown({
    label: 'Authentication Mode',
    info: 'How the server knows who asks.',
    options: ['basic', 'jwt'],
    default: 'basic',
    advanced: true,
  }),
  username: field.string({ label: 'Username', info: 'Who asks.', default: 'admin' }),
  password: field.secret({ label: 'Password', info: 'The password of that user.' }),
  jwt_token: field.secret({ label: 'JWT Token', info: 'A token, instead of a user.', advanced: true }),
  jwt_header: field.string({
    label: 'JWT Header Name',
    info: 'The header the token is sent in.',
    default: 'Authorization',
    advanced: true,
  }),
  bearer_prefix: field.bool({
    label: "Prefix 'Bearer '",
    info: 'Write Bearer before the token.',
    default: true,
    advanced: true,
  }),
  ...storeFields,
} as const
type Inputs = InputsOf<typeof inputs>

export const openSearch = defineComponent({
  type: 'OpenSearch',
  aliases: ['OpenSearchVectorStoreComponent'],
  displayName: 'OpenSearch',
  description: 'Keeps texts in an OpenSearch index and finds them by meaning, or by a query of your own.',
  icon: 'OpenSearch',
  category: 'elastic',
  inputs,
  outputs: searching<typeof inputs>(requestOf, openSearchStore),
})

function openSearchStore(inputs: Inputs, context: RunContext): StoreBackend {
  const { vector_field: vectorField, engine, space_type } = inputs
  const index: SearchIndex = {
    service: jsonService(inputs.opensearch_url, credentials(inputs), context),
    name: inputs.index_name,
    textField: 'text',
    vectorField,
  }
  return {
    provider: 'OpenSearch',
    known: (ids) => knownInIndex(index, ids),
    async add(documents) {
      const dimension = documents[0]?.vector.length ?? 0
      const vector = { type: 'knn_vector', dimension, method: { name: 'hnsw', engine, space_type } }
      await ensureIndex(index, {
        settings: { index: { knn: true } },
        mappings: { properties: { text: { type: 'text' }, [vectorField]: vector } },
      })
      await addToIndex(index, documents)
    },
    async nearest(vector, { limit, filter, withVectors }) {
      const own = ownQuery(inputs.hybrid_search_query)
      if (own) return searchIndex(index, { size: limit, ...own }, withVectors)
      const clauses = filterClauses(filter)
      const knn = { vector, k: limit, ...(clauses.length > 0 && { filter: { bool: { filter: clauses } } }) }
      return searchIndex(index, { size: limit, query: { knn: { [vectorField]: knn } } }, withVectors)
    },
  }
}

function credentials({ auth_mode, username, password, jwt_token, jwt_header, bearer_prefix }: Inputs) {
  if (auth_mode === 'jwt') return { [jwt_header.toLowerCase()]: bearer_prefix ? `Bearer ${jwt_token}` : jwt_token }
  return password === '' ? {} : { authorization: basicAuth(username, password) }
}

function ownQuery(json: string): JsonObject | undefined {
  if (json.trim() === '') return undefined
  try {
    const query: unknown = JSON.parse(json)
    if (isObject(query)) return query
  } catch {
    // Told below, as for JSON that is no object.
  }
  throw new AppError('invalid_field', ['The hybrid search query is no JSON object.'])
}
