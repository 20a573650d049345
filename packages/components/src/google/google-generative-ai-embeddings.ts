import { defineComponent, field } from '@runnel/sdk'
import { embeddingOutput, embeddingsOf } from '../shared/embedding-output.ts'

export const googleGenerativeAiEmbeddings = defineComponent({
  type: 'Google Generative AI Embeddings',
  aliases: ['GoogleGenerativeAIEmbeddingsComponent', 'GoogleGenerativeAIEmbeddings'],
  displayName: 'Google Generative AI Embeddings',
  description: 'Turns texts into vectors with a model of Google.',
  icon: 'GoogleGenerativeAI',
  category: 'google',
  inputs: {
    api_key: field.secret({ label: 'Google Generative AI API Key', info: 'Your key for Google AI.', required: true }),
    model_name: field.text({
      label: 'Model Name',
      info: 'The model to ask.',
      default: 'models/text-embedding-004',
    }),
  },
  outputs: {
    embeddings: {
      ...embeddingOutput,
      run: (args) => {
        const { api_key: apiKey, model_name: modelId } = args.inputs
        return embeddingsOf('Google Generative AI', { apiKey, modelId }, args)
      },
    },
  },
})
