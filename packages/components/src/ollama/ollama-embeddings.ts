import { defineComponent, field } from '@runnel/sdk'
import { embeddingOutput, embeddingsOf } from '../shared/embedding-output.ts'

export const ollamaEmbeddings = defineComponent({
  type: 'OllamaEmbeddings',
  aliases: ['OllamaEmbeddingsComponent'],
  displayName: 'Ollama Embeddings',
  description: 'Turns texts into vectors with a model that Ollama runs.',
  icon: 'Ollama',
  category: 'ollama',
  inputs: {
    model_name: field.dropdown({
      label: 'Ollama Model',
      info: 'A model that Ollama has pulled.',
      options: ['nomic-embed-text', 'mxbai-embed-large', 'all-minilm'],
      free: true,
      required: true,
    }),
    base_url: field.text({
      label: 'Ollama Base URL',
      info: 'Where Ollama is reached. Empty means this machine.',
      required: true,
    }),
    api_key: field.secret({ label: 'API Key', info: 'For an Ollama behind a proxy that wants one.', advanced: true }),
  },
  outputs: {
    embeddings: {
      ...embeddingOutput,
      run: (args) => {
        const { model_name: modelId, base_url: baseUrl, api_key: apiKey } = args.inputs
        return embeddingsOf('Ollama', { apiKey, modelId, baseUrl }, args)
      },
    },
  },
})
