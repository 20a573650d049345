import { isObject } from '@runnel/protocol/json'
import type { EmbeddingPurpose, Embeddings } from '@runnel/sdk'
import { type EmbeddingSettings, httpEmbeddings } from './http-embeddings.ts'
import { bearer } from './openai-embeddings.ts'

export interface CohereEmbeddingSettings extends EmbeddingSettings {
  /** What happens to texts that are too long: `NONE`, `START` or `END`. */
  readonly truncate?: string | undefined
}

/** Embeddings of Cohere. */
export function cohereEmbeddings(settings: CohereEmbeddingSettings): Embeddings {
  const { apiKey, modelId, baseUrl, dimensions, truncate } = settings
  // The address of the chat models ends in a path of its own.
  const at = (baseUrl || 'https://api.cohere.com').replace(/\/+$/, '').replace(/\/(compatibility\/v1|v1|v2)$/, '')
  return httpEmbeddings(settings, {
    provider: 'Cohere',
    mostTexts: 96,
    request: (texts, purpose) => ({
      url: `${at}/v2/embed`,
      headers: bearer(apiKey),
      body: JSON.stringify({
        model: modelId,
        texts,
        input_type: cohereInputType(purpose),
        embedding_types: ['float'],
        ...(truncate && { truncate }),
        ...(dimensions && { output_dimension: dimensions }),
      }),
    }),
    vectors: (answer) => (isObject(answer) ? cohereVectors(answer.embeddings) : undefined),
  })
}

export const cohereInputType = (purpose: EmbeddingPurpose): string => `search_${purpose}`

/** Vectors by type, or alone as older versions give them. */
export const cohereVectors = (embeddings: unknown): unknown => (isObject(embeddings) ? embeddings.float : embeddings)
