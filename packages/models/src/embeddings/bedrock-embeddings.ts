import { isObject } from '@runnel/protocol/json'
import type { EmbeddingPurpose, Embeddings } from '@runnel/sdk'
import { type AwsCredentials, signed } from './aws-signature.ts'
import { cohereInputType, cohereVectors } from './cohere-embeddings.ts'
import { type EmbeddingSettings, httpEmbeddings } from './http-embeddings.ts'

export interface BedrockEmbeddingSettings extends EmbeddingSettings {
  readonly region: string
  /** Signs the requests; without them `apiKey` is a Bedrock key and sent as it is. */
  readonly credentials?: AwsCredentials | undefined
}

/** Embeddings of a Titan or Cohere model at Amazon Bedrock. */
export function bedrockEmbeddings(settings: BedrockEmbeddingSettings): Embeddings {
  const { modelId, region, credentials, baseUrl, apiKey } = settings
  const at = (baseUrl || `https://bedrock-runtime.${region}.amazonaws.com`).replace(/\/+$/, '')
  const url = `${at}/model/${encodeURIComponent(modelId)}/invoke`
  const isCohere = modelId.includes('cohere.')
  return httpEmbeddings(settings, {
    provider: 'Amazon Bedrock',
    mostTexts: isCohere ? 96 : 1,
    request(texts, purpose, now) {
      const body = JSON.stringify(isCohere ? cohereBody(texts, purpose) : titanBody(texts, settings))
      const unsigned = { 'content-type': 'application/json', accept: 'application/json' }
      const headers = credentials
        ? signed({ url, body, headers: unsigned }, { ...credentials, region, service: 'bedrock', now })
        : { ...unsigned, authorization: `Bearer ${apiKey}` }
      return { url, headers, body }
    },
    vectors(answer) {
      if (!isObject(answer)) return undefined
      return isCohere ? cohereVectors(answer.embeddings) : [answer.embedding]
    },
  })
}

const cohereBody = (texts: readonly string[], purpose: EmbeddingPurpose) => ({
  texts,
  input_type: cohereInputType(purpose),
})

/** Only the second version of Titan has vectors of several lengths. */
const titanBody = ([inputText]: readonly string[], { modelId, dimensions }: EmbeddingSettings) => ({
  inputText,
  ...(dimensions && modelId.includes('v2') && { dimensions }),
})
