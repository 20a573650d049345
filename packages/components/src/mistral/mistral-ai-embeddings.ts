import { defineComponent, field } from '@runnel/sdk'
import { embeddingOutput, embeddingsOf, milliseconds } from '../shared/embedding-output.ts'

export const mistralAiEmbeddings = defineComponent({
  // The name files have, without its "r".
  type: 'MistalAIEmbeddings',
  aliases: ['MistralAIEmbeddings', 'MistralAIEmbeddingsComponent'],
  displayName: 'MistralAI Embeddings',
  description: 'Turns texts into vectors with a model of Mistral.',
  icon: 'MistralAI',
  category: 'mistral',
  inputs: {
    model: field.dropdown({
      label: 'Model',
      info: 'The model to ask.',
      options: ['mistral-embed'],
      default: 'mistral-embed',
      free: true,
    }),
    mistral_api_key: field.secret({ label: 'Mistral API Key', info: 'Your key for Mistral.', required: true }),
    max_concurrent_requests: field.int({
      label: 'Max Concurrent Requests',
      info: 'Kept for older flows; changes nothing.',
      default: 64,
      advanced: true,
    }),
    max_retries: field.int({
      label: 'Max Retries',
      info: 'How often a request is tried again.',
      default: 5,
      advanced: true,
    }),
    timeout: field.int({
      label: 'Request Timeout',
      info: 'How long Mistral may be silent, in seconds.',
      default: 120,
      advanced: true,
    }),
    endpoint: field.text({
      label: 'API Endpoint',
      info: 'Where Mistral is reached.',
      default: 'https://api.mistral.ai/v1/',
      advanced: true,
    }),
  },
  outputs: {
    embeddings: {
      ...embeddingOutput,
      run: (args) => {
        const { model, mistral_api_key, endpoint, max_retries, timeout } = args.inputs
        return embeddingsOf(
          'Mistral',
          {
            apiKey: mistral_api_key,
            modelId: model,
            baseUrl: endpoint,
            maxRetries: max_retries,
            timeoutMs: milliseconds(timeout),
          },
          args,
        )
      },
    },
  },
})
