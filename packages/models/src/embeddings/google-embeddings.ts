import { isObject } from '@runnel/protocol/json'
import type { Embeddings } from '@runnel/sdk'
import { type EmbeddingSettings, httpEmbeddings } from './http-embeddings.ts'

const TASKS = { document: 'RETRIEVAL_DOCUMENT', query: 'RETRIEVAL_QUERY' } as const

/** Embeddings of Google's Generative Language API. */
export function googleEmbeddings(settings: EmbeddingSettings): Embeddings {
  const { apiKey, modelId, baseUrl, dimensions } = settings
  const model = modelId.startsWith('models/') ? modelId : `models/${modelId}`
  const at = (baseUrl || 'https://generativelanguage.googleapis.com/v1beta').replace(/\/+$/, '')
  return httpEmbeddings(settings, {
    provider: 'Google Generative AI',
    mostTexts: 100,
    request: (texts, purpose) => ({
      url: `${at}/${model}:batchEmbedContents`,
      headers: { 'x-goog-api-key': apiKey },
      body: JSON.stringify({
        requests: texts.map((text) => ({
          model,
          content: { parts: [{ text }] },
          taskType: TASKS[purpose],
          ...(dimensions && { outputDimensionality: dimensions }),
        })),
      }),
    }),
    vectors: (answer) =>
      isObject(answer) && Array.isArray(answer.embeddings)
        ? answer.embeddings.map((entry) => (isObject(entry) ? entry.values : undefined))
        : undefined,
  })
}
