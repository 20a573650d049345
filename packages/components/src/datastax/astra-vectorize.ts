import { AppError } from '@runnel/protocol/errors'
import { defineComponent, field } from '@runnel/sdk'

/** What Astra DB calls the providers of embeddings. */
const PROVIDERS: Readonly<Record<string, string>> = {
  'Azure OpenAI': 'azureOpenAI',
  'Hugging Face - Dedicated': 'huggingfaceDedicated',
  'Hugging Face - Serverless': 'huggingface',
  'Jina AI': 'jinaAI',
  'Mistral AI': 'mistral',
  NVIDIA: 'nvidia',
  OpenAI: 'openai',
  Upstage: 'upstageAI',
  'Voyage AI': 'voyageAI',
}

export const astraVectorize = defineComponent({
  type: 'AstraVectorize',
  aliases: ['AstraVectorizeComponent'],
  displayName: 'Astra Vectorize',
  description: 'Describes a service with which a collection of Astra DB makes vectors itself.',
  icon: 'AstraDB',
  category: 'datastax',
  documentation: 'https://docs.datastax.com/en/astra-db-serverless/databases/embedding-generation.html',
  legacy: true,
  replacement: ['datastax.AstraDB'],
  inputs: {
    provider: field.dropdown({
      label: 'Provider',
      info: 'Who makes the vectors.',
      options: Object.keys(PROVIDERS),
      required: true,
    }),
    model_name: field.text({
      label: 'Model Name',
      info: 'The model of that provider, such as text-embedding-3-small.',
      required: true,
    }),
    api_key_name: field.text({
      label: 'API Key name',
      info: 'The name under which Astra keeps the key of the provider.',
    }),
    authentication: field.dict({
      label: 'Authentication Parameters',
      info: 'What else the provider is shown.',
      list: true,
      advanced: true,
    }),
    provider_api_key: field.secret({
      label: 'Provider API Key',
      info: 'A key that goes along with each request, where Astra keeps none.',
      advanced: true,
    }),
    model_parameters: field.dict({
      label: 'Model Parameters',
      info: 'Settings of the model.',
      list: true,
      advanced: true,
    }),
  },
  outputs: {
    config: {
      type: 'Any',
      types: ['dict'],
      label: 'Vectorize',
      method: 'build_options',
      run({ inputs: { provider, model_name, api_key_name, authentication, provider_api_key, model_parameters } }) {
        const known = PROVIDERS[provider]
        if (!known) throw new AppError('invalid_field', [`There is no provider "${provider}" of vectors. Choose one.`])
        return {
          collection_vector_service_options: {
            provider: known,
            modelName: model_name,
            authentication: { ...authentication, ...(api_key_name !== '' && { providerKey: api_key_name }) },
            parameters: model_parameters,
          },
          collection_embedding_api_key: provider_api_key,
        }
      },
    },
  },
})
