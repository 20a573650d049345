import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import type { LanguageModel } from '@runnel/sdk'
import { aiSdkModel } from './ai-sdk-model.ts'
import { callSettings } from './call-settings.ts'
import type { ChatSettings, Sending } from './chat-model.ts'
import { oauthToken } from './oauth-token.ts'
import { once } from './once.ts'

const loadSdk = once(() => import('@ai-sdk/openai-compatible'))

const DEFAULT_ADDRESS = 'https://us-south.ml.cloud.ibm.com'
const TOKEN_ADDRESS = 'https://iam.cloud.ibm.com/identity/token'
const VERSION = '2024-10-08'

/**
 * A chat model of IBM watsonx.ai. `apiKey` is a key of IBM Cloud, exchanged for a token at `options.tokenUrl` unless
 * that is IBM's own; `options.projectId` or `options.spaceId` says who pays.
 */
export function watsonxChat(settings: ChatSettings): LanguageModel {
  const { modelId, baseUrl, options = {} } = settings
  const at = (baseUrl || DEFAULT_ADDRESS).replace(/\/+$/, '')
  const { projectId, spaceId } = options
  const payer = projectId ? { project_id: projectId } : { space_id: spaceId ?? '' }
  return aiSdkModel({
    provider: 'IBM WatsonX',
    settings,
    speaksChatCompletions: true,
    namespace: 'watsonx',
    options: callSettings(settings),
    async load(fetch, sending) {
      if (!projectId && !spaceId) {
        throw new AppError('model_error', ['IBM WatsonX needs a project ID. Enter it, or set WATSONX_PROJECT_ID.'])
      }
      const token = await tokenOf(settings, sending)
      const { createOpenAICompatible } = await loadSdk()
      return createOpenAICompatible({
        name: 'watsonx',
        baseURL: at,
        apiKey: token,
        supportsStructuredOutputs: true,
        // The body is that of OpenAI but for the names of model and project, and the address says what is streamed.
        fetch: (_url, init) => {
          const { model, stream, stream_options: _usage, ...body } = bodyOf(init?.body)
          const url = `${at}/ml/v1/text/chat${stream ? '_stream' : ''}?version=${VERSION}`
          return fetch(url, { ...init, body: JSON.stringify({ model_id: model, ...payer, ...body }) })
        },
      })(modelId)
    },
  })
}

function tokenOf({ apiKey, options }: ChatSettings, sending: Sending): Promise<string> {
  const form = { grant_type: 'urn:ibm:params:oauth:grant-type:apikey', apikey: apiKey }
  return oauthToken({ url: options?.tokenUrl || TOKEN_ADDRESS, form, secret: apiKey }, sending)
}

function bodyOf(body: unknown): Readonly<Record<string, unknown>> {
  const parsed: unknown = JSON.parse(String(body))
  return isObject(parsed) ? parsed : {}
}
