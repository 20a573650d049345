import { isObject } from '@runnel/protocol/json'
import { defineComponent, field, type InputsOf, type RunContext } from '@runnel/sdk'
import { objectsIn } from '../shared/ask-service.ts'
import { conditionsOf, jsonService, numberIn, vectorIn } from '../shared/json-service.ts'
import { requestOf, searching } from '../shared/store-node.ts'
import { type StoreBackend, storeFields } from '../shared/vector-store.ts'

const DISTANCES = { Cosine: 'Cosine', Euclidean: 'Euclid', 'Dot Product': 'Dot' } as const

const inputs = {
  collection_name: field.string({
    label: 'Collection Name',
    info: 'The collection; made when it is not there.',
    required: true,
  }),
  host: field.string({ label: 'Host', info: 'Where Qdrant runs.', default: 'localhost', advanced: true }),
  port: field.int({ label: 'Port', info: 'The port it answers HTTP at.', default: 6333, advanced: true }),
  grpc_port: field.int({
    label: 'gRPC Port',
    info: 'Kept for older flows; changes nothing.',
    default: 6334,
    advanced: true,
  }),
  api_key: field.secret({ label: 'Qdrant API Key', info: 'The key of your cluster.', advanced: true }),
  prefix: field.string({ label: 'Prefix', info: 'What stands before every path.', advanced: true }),
  timeout: field.int({ label: 'Timeout', info: 'Kept for older flows; changes nothing.', advanced: true }),
  path: field.string({ label: 'Path', info: 'Kept for older flows; changes nothing.', advanced: true }),
  url: field.string({ label: 'URL', info: 'The whole address, instead of host and port.', advanced: true }),
  distance_func: field.dropdown({
    label: 'Distance Function',
    info: 'How nearness is measured in a collection that is made.',
    options: ['Cosine', 'Euclidean', 'Dot Product'],
    default: 'Cosine',
    advanced: true,
  }),
  content_payload_key: field.string({
    label: 'Content Payload Key',
    info: 'Where the text of a document lies.',
    default: 'page_content',
    advanced: true,
  }),
  metadata_payload_key: field.string({
    label: 'Metadata Payload Key',
    info: 'Where what is known about it lies.',
    default: 'metadata',
    advanced: true,
  }),
  ...storeFields,
} as const
type Inputs = InputsOf<typeof inputs>

export const qdrant = defineComponent({
  type: 'QdrantVectorStoreComponent',
  displayName: 'Qdrant',
  description: 'Keeps texts in a Qdrant collection and finds them by meaning.',
  icon: 'Qdrant',
  category: 'qdrant',
  inputs,
  outputs: searching<typeof inputs>(requestOf, qdrantStore),
})

function qdrantStore(inputs: Inputs, context: RunContext): StoreBackend {
  const { host, port, prefix, content_payload_key: textKey, metadata_payload_key: metadataKey } = inputs
  const path = prefix.trim() === '' ? '' : `/${prefix.trim().replace(/^\/|\/$/g, '')}`
  const headers = inputs.api_key === '' ? {} : { 'api-key': inputs.api_key }
  const service = jsonService(inputs.url.trim() || `http://${host}:${port}${path}`, headers, context)
  const at = `/collections/${encodeURIComponent(inputs.collection_name)}`
  return {
    provider: 'Qdrant',
    async known(ids) {
      if (!(await service.has(at))) return new Set()
      const { result } = await service.object('POST', `${at}/points`, { ids, with_payload: false })
      return new Set(objectsIn(result).map(({ id }) => String(id)))
    },
    async add(documents) {
      const [first] = documents
      if (first && !(await service.has(at))) {
        const vectors = { size: first.vector.length, distance: DISTANCES[inputs.distance_func] }
        await service.ask('PUT', at, { vectors })
      }
      await service.ask('PUT', `${at}/points?wait=true`, {
        points: documents.map(({ id, text, metadata, vector }) => ({
          id,
          vector,
          payload: { [textKey]: text, [metadataKey]: metadata },
        })),
      })
    },
    async nearest(query, { limit, filter, withVectors }) {
      const must = conditionsOf(filter).map(({ name, values }) => ({
        key: `${metadataKey}.${name}`,
        match: { any: values },
      }))
      const { result } = await service.object('POST', `${at}/points/query`, {
        query,
        limit,
        with_payload: true,
        with_vector: withVectors,
        ...(must.length > 0 && { filter: { must } }),
      })
      return objectsIn(isObject(result) ? result.points : undefined).map(({ score, payload, vector }) => {
        const held = isObject(payload) ? payload : {}
        const metadata = held[metadataKey]
        const own = vectorIn(vector)
        return {
          text: String(held[textKey] ?? ''),
          metadata: isObject(metadata) ? metadata : {},
          score: numberIn(score),
          ...(own && { vector: own }),
        }
      })
    },
  }
}
