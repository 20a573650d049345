import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import { defineComponent, field, type InputsOf, type RunContext } from '@runnel/sdk'
import { objectsIn } from '../shared/ask-service.ts'
import { conditionsOf, jsonService, numberIn, vectorIn } from '../shared/json-service.ts'
import { flatMetadata } from '../shared/store-documents.ts'
import { requestOf, searching } from '../shared/store-node.ts'
import { type StoreBackend, storeFields } from '../shared/vector-store.ts'

const inputs = {
  index_name: field.string({ label: 'Index Name', info: 'The index. It must be there.', required: true }),
  namespace: field.string({ label: 'Namespace', info: 'The part of the index to use.' }),
  distance_strategy: field.dropdown({
    label: 'Distance Strategy',
    info: 'Kept for older flows: the index says how nearness is measured.',
    options: ['Cosine', 'Euclidean', 'Dot Product'],
    default: 'Cosine',
    advanced: true,
  }),
  pinecone_api_key: field.secret({ label: 'Pinecone API Key', info: 'Your key for Pinecone.', required: true }),
  text_key: field.string({
    label: 'Text Key',
    info: 'Where the text of a document lies.',
    default: 'text',
    advanced: true,
  }),
  ...storeFields,
} as const
type Inputs = InputsOf<typeof inputs>

export const pinecone = defineComponent({
  type: 'Pinecone',
  aliases: ['PineconeVectorStoreComponent'],
  displayName: 'Pinecone',
  description: 'Keeps texts in a Pinecone index and finds them by meaning.',
  icon: 'Pinecone',
  category: 'pinecone',
  inputs,
  outputs: searching<typeof inputs>(requestOf, pineconeStore),
})

const VERSION = { 'x-pinecone-api-version': '2025-01' }

async function pineconeStore(inputs: Inputs, context: RunContext): Promise<StoreBackend> {
  const { index_name, namespace, text_key, pinecone_api_key } = inputs
  const headers = { ...VERSION, 'api-key': pinecone_api_key }
  const control = jsonService('https://api.pinecone.io', headers, context)
  const { host } = await control.object('GET', `/indexes/${encodeURIComponent(index_name)}`)
  if (typeof host !== 'string') throw new AppError('bad_request', [`Pinecone knows no host of index ${index_name}.`])
  const service = jsonService(host.startsWith('http') ? host : `https://${host}`, headers, context)
  return {
    provider: 'Pinecone',
    async add(documents) {
      await service.ask('POST', '/vectors/upsert', {
        namespace,
        vectors: documents.map(({ id, text, metadata, vector: values }) => ({
          id,
          values,
          metadata: { ...flatMetadata(metadata), [text_key]: text },
        })),
      })
    },
    async nearest(vector, { limit, filter, withVectors }) {
      const conditions = conditionsOf(filter).map(({ name, values }) => [name, { $in: values }])
      const { matches } = await service.object('POST', '/query', {
        namespace,
        vector,
        topK: limit,
        includeMetadata: true,
        includeValues: withVectors,
        ...(conditions.length > 0 && { filter: Object.fromEntries(conditions) }),
      })
      return objectsIn(matches).map(({ score, metadata: held, values }) => {
        const { [text_key]: text, ...metadata } = isObject(held) ? held : {}
        const own = vectorIn(values)
        return { text: String(text ?? ''), metadata, score: numberIn(score), ...(own && { vector: own }) }
      })
    },
  }
}
