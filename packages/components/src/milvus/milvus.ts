import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import { defineComponent, field, type InputsOf, type RunContext } from '@runnel/sdk'
import { objectsIn } from '../shared/ask-service.ts'
import { conditionsOf, jsonService, numberIn, vectorIn } from '../shared/json-service.ts'
import { requestOf, searching } from '../shared/store-node.ts'
import { type StoreBackend, storeFields } from '../shared/vector-store.ts'

const inputs = {
  collection_name: field.string({
    label: 'Collection Name',
    info: 'The collection; made when it is not there.',
    default: 'langflow',
  }),
  collection_description: field.string({
    label: 'Collection Description',
    info: 'What a collection that is made says of itself.',
    default: '',
  }),
  uri: field.string({ label: 'Connection URI', info: 'Where Milvus runs.', default: 'http://localhost:19530' }),
  username: field.string({ label: 'Username', info: 'Who asks, where Milvus wants to know.' }),
  password: field.secret({ label: 'Password', info: 'The password, or the token of Zilliz Cloud.' }),
  connection_args: field.dict({
    label: 'Other Connection Arguments',
    info: 'Kept for older flows; changes nothing.',
    advanced: true,
  }),
  primary_field: field.string({ label: 'Primary Field Name', info: 'The name of the key.', default: 'pk' }),
  text_field: field.string({ label: 'Text Field Name', info: 'Where the text lies.', default: 'text' }),
  vector_field: field.string({ label: 'Vector Field Name', info: 'Where the vector lies.', default: 'vector' }),
  consistency_level: field.dropdown({
    label: 'Consistency Level',
    info: 'How fresh what is found must be.',
    options: ['Bounded', 'Session', 'Strong', 'Eventual'],
    default: 'Session',
    advanced: true,
  }),
  index_params: field.dict({
    label: 'Index Parameters',
    info: 'How the vectors of a collection that is made are indexed.',
    advanced: true,
  }),
  search_params: field.dict({ label: 'Search Parameters', info: 'More entries of a search.', advanced: true }),
  drop_old: field.bool({
    label: 'Drop Old Collection',
    info: 'Begin with an empty collection when documents are given.',
    advanced: true,
  }),
  timeout: field.float({ label: 'Timeout', info: 'Kept for older flows; changes nothing.', advanced: true }),
  ...storeFields,
} as const
type Inputs = InputsOf<typeof inputs>

export const milvus = defineComponent({
  type: 'Milvus',
  aliases: ['MilvusVectorStoreComponent'],
  displayName: 'Milvus',
  description: 'Keeps texts in a Milvus collection and finds them by meaning.',
  icon: 'Milvus',
  category: 'milvus',
  inputs,
  outputs: searching<typeof inputs>(requestOf, milvusStore),
})

function milvusStore(inputs: Inputs, context: RunContext): StoreBackend {
  const { collection_name: collectionName, primary_field, text_field, vector_field, username, password } = inputs
  const token = username === '' ? password : `${username}:${password}`
  const service = jsonService(inputs.uri, token === '' ? {} : { authorization: `Bearer ${token}` }, context)
  /** Milvus says in the body whether it went well. */
  const ask = async (path: string, body: JsonObject): Promise<unknown> => {
    const { code, data, message } = await service.object('POST', `/v2/vectordb${path}`, { collectionName, ...body })
    if (code === 0 || code === 200) return data
    throw new AppError('bad_request', [`Milvus refused: ${String(message ?? code)}`])
  }
  const exists = async () => {
    const found = await ask('/collections/has', {})
    return isObject(found) && found.has === true
  }
  let isPrepared = false
  const prepare = async (dimension: number) => {
    if (isPrepared) return
    isPrepared = true
    let isThere = await exists()
    if (isThere && inputs.drop_old) {
      await ask('/collections/drop', {})
      isThere = false
    }
    if (isThere) return
    await ask('/collections/create', {
      dimension,
      metricType: 'COSINE',
      idType: 'VarChar',
      autoID: false,
      primaryFieldName: primary_field,
      vectorFieldName: vector_field,
      description: inputs.collection_description,
      params: { max_length: 64, consistencyLevel: inputs.consistency_level, ...inputs.index_params },
    })
  }
  return {
    provider: 'Milvus',
    async add(documents) {
      await prepare(documents[0]?.vector.length ?? 0)
      await ask('/entities/upsert', {
        data: documents.map(({ id, text, metadata, vector }) => ({
          ...metadata,
          [primary_field]: id,
          [text_field]: text,
          [vector_field]: vector,
        })),
      })
    },
    async nearest(vector, { limit, filter, withVectors }) {
      if (!(await exists())) return []
      const found = await ask('/entities/search', {
        data: [vector],
        annsField: vector_field,
        limit,
        filter: conditionsOf(filter)
          .map(({ name, values }) => `${name} in ${JSON.stringify(values)}`)
          .join(' and '),
        outputFields: withVectors ? ['*', vector_field] : ['*'],
        consistencyLevel: inputs.consistency_level,
        ...(Object.keys(inputs.search_params).length > 0 && { searchParams: inputs.search_params }),
      })
      return objectsIn(found).map((entity) => {
        const { distance, id: _id, [primary_field]: _pk, [text_field]: text, [vector_field]: own, ...metadata } = entity
        const given = withVectors ? vectorIn(own) : undefined
        return { text: String(text ?? ''), metadata, score: numberIn(distance), ...(given && { vector: given }) }
      })
    },
  }
}
