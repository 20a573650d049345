import { defineComponent, field } from '@runnel/sdk'
import { chosenEmbeddings } from '../shared/embedding-choice.ts'
import { embeddingOutput } from '../shared/embedding-output.ts'
import { modelFields } from '../shared/model-fields.ts'

const { api_key, base_url_ibm_watsonx, project_id } = modelFields

export const embeddingModel = defineComponent({
  type: 'EmbeddingModel',
  aliases: ['EmbeddingModelComponent'],
  displayName: 'Embedding Model',
  description: 'Turns texts into vectors with a model of the provider you choose.',
  icon: 'binary',
  category: 'models_and_agents',
  documentation: 'https://docs.langflow.org/components-embedding-models',
  metadata: { keywords: ['embeddings', 'vectors', 'embedding'] },
  inputs: {
    model: field.model({
      label: 'Embedding Model',
      info: 'The model to ask. Empty means the default embedding model.',
      modelType: 'embedding',
      required: true,
      refresh: true,
      placeholder: 'Setup Provider',
      extra: { refresh_button: true, trace_as_input: true, tool_mode: false },
    }),
    model_name: field.string({
      label: 'Model Name Override',
      info: 'A model name to use instead of the chosen one.',
      advanced: true,
    }),
    provider: field.string({
      label: 'Provider Override',
      info: 'The provider of that name. Empty means the provider of the chosen model.',
      advanced: true,
    }),
    api_key,
    api_base: field.text({
      label: 'API Base URL',
      info: 'Where the provider is reached, if not at its usual address.',
      advanced: true,
    }),
    base_url_ibm_watsonx,
    project_id,
    ollama_base_url: field.string({ label: 'Ollama API URL', info: 'For Ollama only.', show: false, refresh: true }),
    dimensions: field.int({
      label: 'Dimensions',
      info: 'The length of the vectors, for models that have several. 0 means that of the model.',
      default: 0,
      advanced: true,
    }),
    chunk_size: field.int({
      label: 'Chunk Size',
      info: 'How many texts are sent at a time.',
      default: 1000,
      advanced: true,
    }),
    request_timeout: field.float({
      label: 'Request Timeout',
      info: 'How long the provider may be silent, in seconds.',
      advanced: true,
    }),
    max_retries: field.int({
      label: 'Max Retries',
      info: 'How often a request is tried again.',
      default: 3,
      advanced: true,
    }),
    show_progress_bar: field.bool({
      label: 'Show Progress Bar',
      info: 'Kept for older flows; changes nothing.',
      advanced: true,
    }),
    model_kwargs: field.dict({
      label: 'Model Kwargs',
      info: 'More entries of the request.',
      list: true,
      advanced: true,
    }),
    truncate_input_tokens: field.int({
      label: 'Truncate Input Tokens',
      info: 'For IBM watsonx.ai only.',
      default: 200,
      show: false,
    }),
    input_text: field.bool({
      label: 'Include the original text in the output',
      info: 'For IBM watsonx.ai only.',
      default: true,
      show: false,
    }),
  },
  outputs: { embeddings: { ...embeddingOutput, run: ({ inputs, context }) => chosenEmbeddings(inputs, context) } },
})
