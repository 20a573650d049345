import type { Embeddings } from '@runnel/sdk'
import { type EmbeddingSettings, httpEmbeddings } from './http-embeddings.ts'
import { bearer } from './openai-embeddings.ts'

/** Where the models of the retired address are served now. */
const ROUTER = 'https://router.huggingface.co/hf-inference/models'
const RETIRED = /^https:\/\/api-inference\.huggingface\.co\/models\/?$/

/** Embeddings of a model at Hugging Face, or of a server that runs its text embeddings. */
export function huggingFaceEmbeddings(settings: EmbeddingSettings): Embeddings {
  const { apiKey, modelId, baseUrl } = settings
  const given = (baseUrl ?? '').trim()
  const at = given === '' || RETIRED.test(given) ? ROUTER : given.replace(/\/+$/, '')
  // A server of one's own runs one model and knows no names.
  const url = at === ROUTER ? `${at}/${modelId}/pipeline/feature-extraction` : `${at}/${modelId}`
  return httpEmbeddings(settings, {
    provider: 'HuggingFace',
    mostTexts: 32,
    request: (inputs) => ({ url, headers: bearer(apiKey), body: JSON.stringify({ inputs }) }),
    vectors: (answer) => answer,
  })
}
