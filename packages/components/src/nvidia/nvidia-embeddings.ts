import { defineComponent, field } from '@runnel/sdk'
import { embeddingOutput, embeddingsOf } from '../shared/embedding-output.ts'

export const nvidiaEmbeddings = defineComponent({
  type: 'NVIDIAEmbeddingsComponent',
  displayName: 'NVIDIA Embeddings',
  description: 'Turns texts into vectors with a model of NVIDIA.',
  icon: 'NVIDIA',
  category: 'nvidia',
  inputs: {
    model: field.dropdown({
      label: 'Model',
      info: 'The model to ask.',
      options: ['nvidia/nv-embed-v1', 'snowflake/arctic-embed-l', 'nvidia/llama-3.2-nv-embedqa-1b-v2'],
      default: 'nvidia/nv-embed-v1',
      free: true,
      required: true,
    }),
    base_url: field.text({
      label: 'NVIDIA Base URL',
      info: 'Where the service is reached.',
      default: 'https://integrate.api.nvidia.com/v1',
      required: true,
    }),
    nvidia_api_key: field.secret({
      label: 'NVIDIA API Key',
      info: 'Your key for NVIDIA.',
      variable: 'NVIDIA_API_KEY',
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
        const { model: modelId, base_url: baseUrl, nvidia_api_key: apiKey } = args.inputs
        return embeddingsOf('NVIDIA', { apiKey, modelId, baseUrl }, args)
      },
    },
  },
})
