import { defineComponent, field } from '@runnel/sdk'
import { embeddingOutput, embeddingsOf, headersIn, milliseconds } from '../shared/embedding-output.ts'
import { withLongTexts } from '../shared/long-texts.ts'

const kept = (label: string) => field.text({ label, info: 'Kept for older flows; changes nothing.', advanced: true })

export const openAiEmbeddings = defineComponent({
  type: 'OpenAIEmbeddings',
  aliases: ['OpenAIEmbeddingsComponent'],
  displayName: 'OpenAI Embeddings',
  description: 'Turns texts into vectors with a model of OpenAI, or of a server that speaks its protocol.',
  icon: 'OpenAI',
  category: 'openai',
  inputs: {
    default_headers: field.dict({
      label: 'Default Headers',
      info: 'Headers sent with every request.',
      advanced: true,
    }),
    default_query: field.dict({
      label: 'Default Query',
      info: 'Kept for older flows; changes nothing.',
      advanced: true,
    }),
    chunk_size: field.int({
      label: 'Chunk Size',
      info: 'How many texts are sent at a time.',
      default: 1000,
      advanced: true,
    }),
    client: kept('Client'),
    deployment: kept('Deployment'),
    embedding_ctx_length: field.int({
      label: 'Embedding Context Length',
      info: 'In tokens. A longer text is embedded in pieces, whose vectors are averaged.',
      default: 1536,
      advanced: true,
    }),
    max_retries: field.int({
      label: 'Max Retries',
      info: 'How often a request is tried again.',
      default: 3,
      advanced: true,
    }),
    model: field.dropdown({
      label: 'Model',
      info: 'The model to ask.',
      options: ['text-embedding-3-small', 'text-embedding-3-large', 'text-embedding-ada-002'],
      default: 'text-embedding-3-small',
      free: true,
    }),
    model_kwargs: field.dict({ label: 'Model Kwargs', info: 'More entries of the request.', advanced: true }),
    openai_api_key: field.secret({
      label: 'OpenAI API Key',
      info: 'Your key for OpenAI.',
      variable: 'OPENAI_API_KEY',
      required: true,
    }),
    openai_api_base: field.text({
      label: 'OpenAI API Base',
      info: 'Where the service is reached, if not at OpenAI.',
      advanced: true,
    }),
    openai_api_type: kept('OpenAI API Type'),
    openai_api_version: kept('OpenAI API Version'),
    openai_organization: field.text({
      label: 'OpenAI Organization',
      info: 'The organisation the request is counted for.',
      advanced: true,
    }),
    openai_proxy: kept('OpenAI Proxy'),
    request_timeout: field.float({
      label: 'Request Timeout',
      info: 'How long the provider may be silent, in seconds.',
      advanced: true,
    }),
    show_progress_bar: field.bool({
      label: 'Show Progress Bar',
      info: 'Kept for older flows; changes nothing.',
      advanced: true,
    }),
    skip_empty: field.bool({
      label: 'Skip Empty',
      info: 'Kept for older flows; changes nothing.',
      advanced: true,
    }),
    tiktoken_model_name: kept('TikToken Model Name'),
    tiktoken_enable: field.bool({
      label: 'TikToken Enable',
      info: 'Cut long texts into pieces. Without it the provider refuses them.',
      default: true,
      advanced: true,
    }),
    dimensions: field.int({
      label: 'Dimensions',
      info: 'The length of the vectors, for models that have several.',
      advanced: true,
    }),
  },
  outputs: {
    embeddings: {
      ...embeddingOutput,
      run: async (args) => {
        const { inputs } = args
        const organization = inputs.openai_organization.trim()
        const headers = headersIn({
          ...inputs.default_headers,
          ...(organization && { 'openai-organization': organization }),
        })
        const embeddings = await embeddingsOf(
          'OpenAI',
          {
            apiKey: inputs.openai_api_key,
            baseUrl: inputs.openai_api_base,
            modelId: inputs.model,
            dimensions: inputs.dimensions,
            batchSize: inputs.chunk_size,
            headers,
            modelKwargs: inputs.model_kwargs,
            maxRetries: inputs.max_retries,
            timeoutMs: milliseconds(inputs.request_timeout),
          },
          args,
        )
        return inputs.tiktoken_enable ? withLongTexts(embeddings, inputs.embedding_ctx_length) : embeddings
      },
    },
  },
})
