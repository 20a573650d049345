import { AppError } from '@runnel/protocol/errors'
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
  elasticsearch_url: field.string({
    label: 'Elasticsearch URL',
    info: 'Where it runs.',
    default: 'http://localhost:9200',
  }),
  cloud_id: field.secret({ label: 'Elastic Cloud ID', info: 'The id of a deployment, instead of the address.' }),
  index_name: field.string({
    label: 'Index Name',
    info: 'The index; made when it is not there.',
    default: 'langflow',
  }),
  username: field.string({ label: 'Elasticsearch Username', info: 'Who asks.' }),
  password: field.secret({ label: 'Elasticsearch Password', info: 'The password of that user.' }),
  search_type: field.dropdown({
    label: 'Search Type',
    info: 'The nearest texts, or near ones that are unlike one another.',
    options: ['similarity', 'mmr'],
    default: 'similarity',
    advanced: true,
  }),
  search_score_threshold: field.float({
    label: 'Search Score Threshold',
    info: 'The least score, from 0 to 1. 0 is no limit.',
    default: 0,
    advanced: true,
  }),
  api_key: field.secret({ label: 'Elastic API Key', info: 'A key, instead of a user.', advanced: true }),
  verify_certs: field.bool({
    label: 'Verify SSL Certificates',
    info: 'Kept for older flows: certificates are always checked.',
    default: true,
    advanced: true,
  }),
  ...storeFields,
} as const
type Inputs = InputsOf<typeof inputs>

export const elasticsearch = defineComponent({
  type: 'Elasticsearch',
  aliases: ['ElasticsearchVectorStoreComponent'],
  displayName: 'Elasticsearch',
  description: 'Keeps texts in an Elasticsearch index and finds them by meaning.',
  icon: 'ElasticsearchStore',
  category: 'elastic',
  inputs,
  outputs: searching<typeof inputs>(
    (inputs, open) =>
      requestOf(inputs, open, {
        searchType:
          inputs.search_type === 'mmr'
            ? 'MMR'
            : inputs.search_score_threshold > 0
              ? 'Similarity with score threshold'
              : 'Similarity',
        threshold: inputs.search_score_threshold,
      }),
    elasticsearchStore,
  ),
})

function elasticsearchStore(inputs: Inputs, context: RunContext): StoreBackend {
  const { api_key, username, password, cloud_id } = inputs
  const authorization =
    api_key !== '' ? `ApiKey ${api_key}` : username !== '' ? basicAuth(username, password) : undefined
  const index: SearchIndex = {
    service: jsonService(
      cloud_id === '' ? inputs.elasticsearch_url : cloudAddress(cloud_id),
      authorization === undefined ? {} : { authorization },
      context,
    ),
    name: inputs.index_name,
    textField: 'text',
    vectorField: 'vector',
  }
  return {
    provider: 'Elasticsearch',
    known: (ids) => knownInIndex(index, ids),
    async add(documents) {
      const dims = documents[0]?.vector.length ?? 0
      const vector = { type: 'dense_vector', dims, index: true, similarity: 'cosine' }
      await ensureIndex(index, { mappings: { properties: { text: { type: 'text' }, vector } } })
      await addToIndex(index, documents)
    },
    async nearest(query_vector, { limit, filter, withVectors }) {
      const clauses = filterClauses(filter)
      const knn = {
        field: 'vector',
        query_vector,
        k: limit,
        num_candidates: Math.max(50, limit * 5),
        ...(clauses.length > 0 && { filter: clauses }),
      }
      return searchIndex(index, { knn, size: limit }, withVectors)
    },
  }
}

/** `NAME:BASE64`, where the text is `DOMAIN$ID$…`. */
function cloudAddress(id: string): string {
  const [domain = '', deployment = ''] = Buffer.from(id.split(':').at(-1) ?? '', 'base64')
    .toString()
    .split('$')
  if (domain !== '' && deployment !== '') return `https://${deployment}.${domain}`
  throw new AppError('invalid_field', ['The Elastic Cloud ID is not valid. Copy it from the page of the deployment.'])
}
