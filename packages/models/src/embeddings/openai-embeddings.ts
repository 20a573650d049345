import { isObject } from '@runnel/protocol/json'
import type { EmbeddingPurpose, Embeddings } from '@runnel/sdk'
import { type EmbeddingSettings, httpEmbeddings } from './http-embeddings.ts'

/** What servers that answer as OpenAI does have of their own. */
export interface OpenAiEmbeddingsOptions {
  readonly provider: string
  /** With `/embeddings` at its end, or whatever takes its place. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly mostTexts?: number
  readonly mostCharacters?: number
  /** More entries of the body. */
  readonly extra?: (purpose: EmbeddingPurpose) => Readonly<Record<string, unknown>>
}

/** Embeddings of OpenAI, and of every server that answers `POST /embeddings` as it does. */
export function openAiEmbeddings(settings: EmbeddingSettings, options: OpenAiEmbeddingsOptions): Embeddings {
  const { provider, url, headers, mostTexts = 2048, mostCharacters, extra } = options
  return httpEmbeddings(settings, {
    provider,
    mostTexts,
    ...(mostCharacters !== undefined && { mostCharacters }),
    request: (input, purpose) => ({
      url,
      headers,
      body: JSON.stringify({
        model: settings.modelId,
        input,
        encoding_format: 'float',
        ...(settings.dimensions && { dimensions: settings.dimensions }),
        ...extra?.(purpose),
      }),
    }),
    vectors: (answer) => (isObject(answer) && Array.isArray(answer.data) ? inOrder(answer.data) : undefined),
  })
}

/** Servers may answer in any order; those that do not say which text a vector belongs to keep it. */
function inOrder(rows: readonly unknown[]): readonly unknown[] {
  const indexed = rows.filter(isObject)
  const isNumbered = indexed.every(({ index }) => typeof index === 'number')
  const sorted = isNumbered ? indexed.toSorted((a, b) => Number(a.index) - Number(b.index)) : indexed
  return sorted.map(({ embedding }) => embedding)
}

export const bearer = (apiKey: string): Readonly<Record<string, string>> =>
  apiKey === '' ? {} : { authorization: `Bearer ${apiKey}` }
