import { AppError } from '@runnel/protocol/errors'
import type { LanguageModel } from '@runnel/sdk'
import { aiSdkModel } from './ai-sdk-model.ts'
import { callSettings } from './call-settings.ts'
import type { ChatSettings, Sending } from './chat-model.ts'
import { oauthToken } from './oauth-token.ts'
import { once } from './once.ts'
import { accountForm, type ServiceAccount, serviceAccountIn } from './service-account.ts'

const loadSdk = once(() => import('@ai-sdk/openai-compatible'))

const SCOPE = 'https://www.googleapis.com/auth/cloud-platform'

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
    namespace: 'vertex',
    options: callSettings(settings),
    async load(fetch, sending) {
      const account = accountIn(settings.apiKey)
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
function accountIn(json: string): ServiceAccount {
  const account = serviceAccountIn(json)
  if (account) return account
  throw new AppError('model_error', ['Vertex AI needs the JSON file of a service account.'])
}

function tokenOf(account: ServiceAccount, sending: Sending): Promise<string> {
  const form = accountForm(account, SCOPE, sending.now)
  return oauthToken({ url: account.tokenUrl, form, secret: account.privateKey }, sending)
}
