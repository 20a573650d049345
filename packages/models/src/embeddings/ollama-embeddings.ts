import { isObject } from '@runnel/protocol/json'
import type { Embeddings } from '@runnel/sdk'
import { type EmbeddingSettings, httpEmbeddings } from './http-embeddings.ts'
import { bearer } from './openai-embeddings.ts'

/** Embeddings of a model that Ollama runs. */
export function ollamaEmbeddings(settings: EmbeddingSettings): Embeddings {
  const { apiKey, modelId, baseUrl, dimensions } = settings
  const at = (baseUrl || 'http://localhost:11434').replace(/\/+$/, '').replace(/\/v1$/, '')
  return httpEmbeddings(settings, {
    provider: 'Ollama',
    mostTexts: 512,
    request: (input) => ({
      url: `${at}/api/embed`,
      headers: bearer(apiKey),
      body: JSON.stringify({ model: modelId, input, ...(dimensions && { dimensions }) }),
    }),
    vectors: (answer) => (isObject(answer) ? answer.embeddings : undefined),
  })
}
