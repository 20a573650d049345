import { defineComponent, field } from '@runnel/sdk'
import { embeddingOutput, embeddingsOf } from '../shared/embedding-output.ts'

export const lmStudioEmbeddings = defineComponent({
  type: 'LMStudioEmbeddingsComponent',
  displayName: 'LM Studio Embeddings',
  description: 'Turns texts into vectors with a model that LM Studio runs.',
  icon: 'LMStudio',
  category: 'lmstudio',
  inputs: {
    model: field.dropdown({
      label: 'Model',
      info: 'A model that LM Studio has loaded.',
      options: [],
      free: true,
      required: true,
    }),
    base_url: field.text({
      label: 'LM Studio Base URL',
      info: 'Where LM Studio is reached.',
      default: 'http://localhost:1234/v1',
      required: true,
    }),
    api_key: field.secret({
      label: 'LM Studio API Key',
      info: 'For an LM Studio that wants one.',
      variable: 'LMSTUDIO_API_KEY',
      advanced: true,
    }),
    temperature: field.float({
      label: 'Model Temperature',
      info: 'Kept for older flows; changes nothing.',
      default: 0.1,
      advanced: true,
    }),
  },
  outputs: {
    embeddings: {
      ...embeddingOutput,
      run: (args) => {
        const { model: modelId, base_url: baseUrl, api_key: apiKey } = args.inputs
        return embeddingsOf('LM Studio', { apiKey, modelId, baseUrl }, args)
      },
    },
  },
})
