import type { Embeddings } from '@runnel/sdk'
import type { EmbeddingSettings } from './http-embeddings.ts'
import { openAiEmbeddings } from './openai-embeddings.ts'

export interface AzureEmbeddingSettings extends EmbeddingSettings {
  /** `https://NAME.openai.azure.com` */
  readonly baseUrl: string
  readonly deployment: string
  /** `2024-06-01` */
  readonly apiVersion: string
}

/** Embeddings of a deployment at Azure OpenAI. */
export function azureEmbeddings(settings: AzureEmbeddingSettings): Embeddings {
  const { baseUrl, deployment, apiVersion, apiKey } = settings
  const path = `/openai/deployments/${encodeURIComponent(deployment)}/embeddings`
  return openAiEmbeddings(settings, {
    provider: 'Azure OpenAI',
    url: `${baseUrl.replace(/\/+$/, '')}${path}?api-version=${encodeURIComponent(apiVersion)}`,
    headers: { 'api-key': apiKey },
  })
}
