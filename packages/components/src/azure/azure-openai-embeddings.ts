import { azureEmbeddings } from '@runnel/models/embeddings/azure-embeddings'
import { AppError } from '@runnel/protocol/errors'
import { defineComponent, field } from '@runnel/sdk'
import { embeddingOutput } from '../shared/embedding-output.ts'

export const azureOpenAiEmbeddings = defineComponent({
  type: 'AzureOpenAIEmbeddings',
  aliases: ['AzureOpenAIEmbeddingsComponent'],
  displayName: 'Azure OpenAI Embeddings',
  description: 'Turns texts into vectors with a deployment at Azure OpenAI.',
  icon: 'Azure',
  category: 'azure',
  documentation: 'https://learn.microsoft.com/azure/ai-services/openai/how-to/embeddings',
  inputs: {
    model: field.dropdown({
      label: 'Model',
      info: 'The model of the deployment.',
      options: ['text-embedding-3-small', 'text-embedding-3-large', 'text-embedding-ada-002'],
      default: 'text-embedding-3-small',
      free: true,
    }),
    azure_endpoint: field.text({
      label: 'Azure Endpoint',
      info: 'The address of your resource: https://NAME.openai.azure.com',
      required: true,
    }),
    azure_deployment: field.text({ label: 'Deployment Name', info: 'The deployment to ask.', required: true }),
    api_version: field.dropdown({
      label: 'API Version',
      info: 'The version of the service.',
      options: [
        '2024-10-21',
        '2024-06-01',
        '2024-02-01',
        '2022-12-01',
        '2023-03-15-preview',
        '2023-05-15',
        '2023-06-01-preview',
        '2023-07-01-preview',
        '2023-08-01-preview',
      ],
      default: '2023-08-01-preview',
      free: true,
      advanced: true,
    }),
    api_key: field.secret({ label: 'Azure OpenAI API Key', info: 'The key of your resource.', required: true }),
    dimensions: field.int({
      label: 'Dimensions',
      info: 'The length of the vectors, for models that have several.',
      advanced: true,
    }),
  },
  outputs: {
    embeddings: {
      ...embeddingOutput,
      run: ({ inputs }) => {
        const { azure_endpoint: baseUrl, azure_deployment: deployment, api_version: apiVersion } = inputs
        if (!baseUrl || !deployment) {
          throw new AppError('invalid_field', [
            'Azure OpenAI needs the endpoint of your resource and a deployment name.',
          ])
        }
        const { api_key: apiKey, model: modelId, dimensions } = inputs
        return azureEmbeddings({ apiKey, modelId, baseUrl, deployment, apiVersion, dimensions })
      },
    },
  },
})
