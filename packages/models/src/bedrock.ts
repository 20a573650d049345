import type { LanguageModel, ModelRequest } from '@runnel/sdk'
import { bedrockReader } from './bedrock-answer.ts'
import { converseBody } from './bedrock-request.ts'
import { type ChatSettings, chatModel, readHere } from './chat-model.ts'
import { signed } from './embeddings/aws-signature.ts'
import type { ProviderRequest } from './exchange.ts'

const DEFAULT_REGION = 'us-east-1'

/**
 * A chat model at Amazon Bedrock, over its Converse API. `apiKey` is the secret access key and signs the requests of
 * `options.accessKeyId` and `options.sessionToken`; without an access key it is a Bedrock key and sent as it is.
 * `options.region` is where the model is asked, `modelKwargs` what only this model takes.
 */
export function bedrockChat(settings: ChatSettings): LanguageModel {
  return chatModel({
    provider: 'Amazon Bedrock',
    // The signature covers the body: nothing may be merged into it later.
    settings: { ...settings, modelKwargs: undefined },
    asking: readHere((request, { now }) => write(settings, request, now), bedrockReader),
  })
}

function write(settings: ChatSettings, request: ModelRequest, now: number): ProviderRequest {
  const { apiKey, modelId, baseUrl, options = {}, headers } = settings
  const region = options.region || DEFAULT_REGION
  const at = (baseUrl || `https://bedrock-runtime.${region}.amazonaws.com`).replace(/\/+$/, '')
  const url = `${at}/model/${encodeURIComponent(modelId)}/converse${request.stream ? '-stream' : ''}`
  const body = JSON.stringify(converseBody(settings, request))
  const unsigned = { 'content-type': 'application/json', ...headers }
  const { accessKeyId, sessionToken } = options
  const signer = {
    accessKeyId: accessKeyId ?? '',
    secretAccessKey: apiKey,
    sessionToken,
    region,
    service: 'bedrock',
    now,
  }
  return {
    url,
    headers: accessKeyId
      ? { ...signed({ url, body, headers: unsigned }, signer) }
      : { ...unsigned, authorization: `Bearer ${apiKey}` },
    body,
  }
}
