import { isObject } from '@runnel/protocol/json'
import { defineComponent, field, type InputsOf, type RunContext } from '@runnel/sdk'
import { objectsIn } from '../shared/ask-service.ts'
import { jsonService, numberIn, vectorIn } from '../shared/json-service.ts'
import { requestOf, searching } from '../shared/store-node.ts'
import { type StoreBackend, storeFields } from '../shared/vector-store.ts'

const inputs = {
  supabase_url: field.string({ label: 'Supabase URL', info: 'The address of your project.', required: true }),
  supabase_service_key: field.secret({
    label: 'Supabase Service Key',
    info: 'The service key of your project.',
    required: true,
  }),
  table_name: field.string({ label: 'Table Name', info: 'The table of documents.', advanced: true }),
  query_name: field.string({
    label: 'Query Name',
    info: 'The function that finds documents: match_documents unless given.',
  }),
  ...storeFields,
} as const
type Inputs = InputsOf<typeof inputs>

export const supabase = defineComponent({
  type: 'SupabaseVectorStore',
  aliases: ['SupabaseVectorStoreComponent'],
  displayName: 'Supabase',
  description: 'Keeps texts in a table of Supabase and finds them by meaning.',
  icon: 'Supabase',
  category: 'supabase',
  inputs,
  outputs: searching<typeof inputs>(requestOf, supabaseStore),
})

function supabaseStore(inputs: Inputs, context: RunContext): StoreBackend {
  const key = inputs.supabase_service_key
  const headers = { apikey: key, authorization: `Bearer ${key}`, prefer: 'resolution=merge-duplicates' }
  const service = jsonService(inputs.supabase_url, headers, context)
  const table = encodeURIComponent(inputs.table_name.trim() || 'documents')
  const query = encodeURIComponent(inputs.query_name.trim() || 'match_documents')
  return {
    provider: 'Supabase',
    async add(documents) {
      await service.ask(
        'POST',
        `/rest/v1/${table}`,
        documents.map(({ id, text, metadata, vector }) => ({ id, content: text, metadata, embedding: vector })),
      )
    },
    async nearest(query_embedding, { limit, filter, withVectors }) {
      const found = await service.ask('POST', `/rest/v1/rpc/${query}?limit=${limit}`, { query_embedding, filter })
      return objectsIn(found).map(({ content, metadata, similarity, embedding: own }) => {
        // Postgres shows a vector as the text of a list.
        const vector = withVectors ? vectorIn(typeof own === 'string' ? JSON.parse(own) : own) : undefined
        return {
          text: String(content ?? ''),
          metadata: isObject(metadata) ? metadata : {},
          score: numberIn(similarity),
          ...(vector && { vector }),
        }
      })
    },
  }
}
