import { isObject } from '@runnel/protocol/json'
import { defineComponent, field, type InputsOf, type RunContext } from '@runnel/sdk'
import { objectsIn } from '../shared/ask-service.ts'
import { conditionsOf, jsonService, numberIn, vectorIn } from '../shared/json-service.ts'
import { requestOf, searching } from '../shared/store-node.ts'
import { type StoreBackend, storeFields } from '../shared/vector-store.ts'

const inputs = {
  index_url: field.string({ label: 'Index URL', info: 'The address of the index.', required: true }),
  index_token: field.secret({ label: 'Index Token', info: 'The token of the index.', required: true }),
  text_key: field.string({
    label: 'Text Key',
    info: 'Where the text of a document lies.',
    default: 'text',
    advanced: true,
  }),
  namespace: field.string({ label: 'Namespace', info: 'The part of the index to use.' }),
  metadata_filter: field.text({
    label: 'Metadata Filter',
    info: "A filter as Upstash writes it: city = 'Rome' AND year > 1900",
  }),
  ...storeFields,
} as const
type Inputs = InputsOf<typeof inputs>

export const upstash = defineComponent({
  type: 'Upstash',
  aliases: ['UpstashVectorStoreComponent'],
  displayName: 'Upstash',
  description: 'Keeps texts in an Upstash Vector index, which can make the vectors itself, and finds them by meaning.',
  icon: 'Upstash',
  category: 'upstash',
  inputs,
  outputs: searching<typeof inputs>(requestOf, upstashStore),
})

function upstashStore(inputs: Inputs, context: RunContext): StoreBackend {
  const { index_url, index_token, text_key } = inputs
  const service = jsonService(index_url, { authorization: `Bearer ${index_token}` }, context)
  const within = inputs.namespace.trim() === '' ? '' : `/${encodeURIComponent(inputs.namespace.trim())}`
  const embedsItself = !inputs.embedding
  return {
    provider: 'Upstash',
    embedsItself,
    async add(documents) {
      const rows = documents.map(({ id, text, metadata: known, vector }) => {
        const metadata = { ...known, [text_key]: text }
        return embedsItself ? { id, data: text, metadata } : { id, vector, metadata }
      })
      await service.ask('POST', `/${embedsItself ? 'upsert-data' : 'upsert'}${within}`, rows)
    },
    async nearest(vector, { limit, filter, withVectors, query }) {
      const { result } = await service.object('POST', `/${embedsItself ? 'query-data' : 'query'}${within}`, {
        ...(embedsItself ? { data: query } : { vector }),
        topK: limit,
        includeMetadata: true,
        includeVectors: withVectors,
        filter: [inputs.metadata_filter.trim(), ...conditionsOf(filter).map(condition)]
          .filter((part) => part !== '')
          .join(' AND '),
      })
      return objectsIn(result).map(({ score, metadata: held, vector: given }) => {
        const { [text_key]: text, ...metadata } = isObject(held) ? held : {}
        const own = vectorIn(given)
        return { text: String(text ?? ''), metadata, score: numberIn(score), ...(own && { vector: own }) }
      })
    },
  }
}

const condition = ({ name, values }: { readonly name: string; readonly values: readonly unknown[] }): string =>
  `${name} IN (${values.map(literal).join(', ')})`

const literal = (value: unknown): string =>
  typeof value === 'number' || typeof value === 'boolean' ? String(value) : `'${String(value).replaceAll("'", "''")}'`
