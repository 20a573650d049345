import { huggingFaceEmbeddings } from '@runnel/models/embeddings/hugging-face-embeddings'
import { defineComponent, field } from '@runnel/sdk'
import { embeddingOutput } from '../shared/embedding-output.ts'

export const huggingFaceEmbeddingsInference = defineComponent({
  type: 'HuggingFaceInferenceAPIEmbeddings',
  aliases: ['HuggingFaceInferenceAPIEmbeddingsComponent'],
  displayName: 'Hugging Face Embeddings Inference',
  description: 'Turns texts into vectors with a model at Hugging Face, or of a server that runs its text embeddings.',
  icon: 'HuggingFace',
  category: 'huggingface',
  documentation: 'https://huggingface.co/docs/text-embeddings-inference/index',
  inputs: {
    api_key: field.secret({ label: 'HuggingFace API Key', info: 'Your token. A server on this machine needs none.' }),
    inference_endpoint: field.text({
      label: 'Inference Endpoint',
      info: 'Where models are served.',
      default: 'https://api-inference.huggingface.co/models/',
      required: true,
    }),
    model_name: field.text({
      label: 'Model Name',
      info: 'The model to ask.',
      default: 'BAAI/bge-large-en-v1.5',
      required: true,
    }),
  },
  outputs: {
    embeddings: {
      ...embeddingOutput,
      run: ({ inputs }) => {
        const { api_key: apiKey, inference_endpoint: baseUrl, model_name: modelId } = inputs
        return huggingFaceEmbeddings({ apiKey, modelId, baseUrl })
      },
    },
  },
})
