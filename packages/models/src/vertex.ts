import { createSign } from 'node:crypto'
import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import type { LanguageModel } from '@runnel/sdk'
import { aiSdkModel } from './ai-sdk-model.ts'
import { callSettings } from './call-settings.ts'
import type { ChatSettings, Sending } from './chat-model.ts'
import { oauthToken } from './oauth-token.ts'
import { once } from './once.ts'

const loadSdk = once(() => import('@ai-sdk/openai-compatible'))

const TOKEN_ADDRESS = 'https://oauth2.googleapis.com/token'
const SCOPE = 'https://www.googleapis.com/auth/cloud-platform'
const HOUR_S = 3600

/** The part of a service account's file that signs for it. */
export interface ServiceAccount {
  readonly email: string
  readonly privateKey: string
  readonly projectId: string
  readonly tokenUrl: string
}

/**
 * A model of Google's Vertex AI. `apiKey` is the JSON of a service account; `options.project` goes before the project
 * of the account, `options.location` is `us-central1` unless given.
 */
export function vertexChat(settings: ChatSettings): LanguageModel {
  const { modelId, baseUrl, options = {} } = settings
  const location = options.location || 'us-central1'
  // Models of Google have no publisher in their names.
  const model = modelId.includes('/') || modelId === '' ? modelId : `google/${modelId}`
  return aiSdkModel({
    provider: 'Vertex AI',
    // On one line, as a key is.
    settings: { ...settings, apiKey: settings.apiKey.replace(/\s*\n\s*/g, '') },
    speaksChatCompletions: true,
    options: { ...callSettings(settings), providerOptions: { vertex: { strictJsonSchema: false } } },
    async load(fetch, sending) {
      const account = serviceAccountIn(settings.apiKey)
      const project = options.project || account.projectId
      const host = location === 'global' ? 'aiplatform.googleapis.com' : `${location}-aiplatform.googleapis.com`
      const at = (baseUrl || `https://${host}/v1`).replace(/\/+$/, '')
      const token = await tokenOf(account, sending)
      const { createOpenAICompatible } = await loadSdk()
      return createOpenAICompatible({
        name: 'vertex',
        baseURL: `${at}/projects/${project}/locations/${location}/endpoints/openapi`,
        apiKey: token,
        fetch,
        includeUsage: true,
        supportsStructuredOutputs: true,
      })(model)
    },
  })
}

/** @throws AppError `model_error` when it is none. */
export function serviceAccountIn(json: string): ServiceAccount {
  let parsed: unknown
  try {
    parsed = JSON.parse(json)
  } catch {
    parsed = undefined
  }
  const { client_email, private_key, project_id = '', token_uri = TOKEN_ADDRESS } = isObject(parsed) ? parsed : {}
  if (typeof client_email !== 'string' || typeof private_key !== 'string') {
    throw new AppError('model_error', ['Vertex AI needs the JSON file of a service account.'])
  }
  return { email: client_email, privateKey: private_key, projectId: String(project_id), tokenUrl: String(token_uri) }
}

function tokenOf({ email, privateKey, tokenUrl }: ServiceAccount, sending: Sending): Promise<string> {
  const iat = Math.floor(sending.now / 1000)
  const claims = { iss: email, scope: SCOPE, aud: tokenUrl, iat, exp: iat + HOUR_S }
  const unsigned = [{ alg: 'RS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  let signature: string
  try {
    signature = createSign('RSA-SHA256').update(unsigned).sign(privateKey, 'base64url')
  } catch (cause) {
    throw new AppError('model_error', ['The private key of the service account cannot be used.'], { cause })
  }
  const form = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: `${unsigned}.${signature}` }
  return oauthToken({ url: tokenUrl, form, secret: privateKey }, sending)
}
