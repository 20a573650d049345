import { cohereEmbeddings as embeddingsAtCohere } from '@runnel/models/embeddings/cohere-embeddings'
import { embeddingProvider } from '@runnel/models/embeddings/embedding-catalogue'
import { defineComponent, field } from '@runnel/sdk'
import { embeddingOutput, milliseconds } from '../shared/embedding-output.ts'
import { providerKey } from '../shared/provider-access.ts'

export const cohereEmbeddings = defineComponent({
  type: 'CohereEmbeddings',
  aliases: ['CohereEmbeddingsComponent'],
  displayName: 'Cohere Embeddings',
  description: 'Turns texts into vectors with a model of Cohere.',
  icon: 'Cohere',
  category: 'cohere',
  inputs: {
    api_key: field.secret({ label: 'Cohere API Key', info: 'Your key for Cohere.', required: true }),
    model_name: field.dropdown({
      label: 'Model',
      info: 'The model to ask.',
      options: [
        'embed-english-v2.0',
        'embed-multilingual-v2.0',
        'embed-english-light-v2.0',
        'embed-multilingual-light-v2.0',
        'embed-english-v3.0',
        'embed-multilingual-v3.0',
        'embed-v4.0',
      ],
      default: 'embed-english-v2.0',
      free: true,
    }),
    truncate: field.text({
      label: 'Truncate',
      info: 'Where a text that is too long is cut: START or END. NONE refuses it.',
      advanced: true,
    }),
    max_retries: field.int({
      label: 'Max Retries',
      info: 'How often a request is tried again.',
      default: 3,
      advanced: true,
    }),
    user_agent: field.text({
      label: 'User Agent',
      info: 'Kept for older flows; changes nothing.',
      default: 'langchain',
      advanced: true,
    }),
    request_timeout: field.float({
      label: 'Request Timeout',
      info: 'How long Cohere may be silent, in seconds.',
      advanced: true,
    }),
  },
  outputs: {
    embeddings: {
      ...embeddingOutput,
      run: async ({ inputs, context }) => {
        const { api_key, model_name: modelId, truncate, max_retries: maxRetries, request_timeout } = inputs
        const provider = embeddingProvider('Cohere')
        const apiKey = provider ? await providerKey(provider, api_key, context.variables) : api_key
        return embeddingsAtCohere({ apiKey, modelId, truncate, maxRetries, timeoutMs: milliseconds(request_timeout) })
      },
    },
  },
})
