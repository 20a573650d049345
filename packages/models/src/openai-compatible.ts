import type { LanguageModel } from '@runnel/sdk'
import { aiSdkModel } from './ai-sdk-model.ts'
import { callSettings } from './call-settings.ts'
import type { ChatSettings } from './chat-model.ts'
import { once } from './once.ts'

const loadSdk = once(() => import('@ai-sdk/openai-compatible'))

export interface CompatibleSettings extends ChatSettings {
  /** The provider as users name it. */
  readonly provider: string
  readonly baseUrl: string
  /** false: the server refuses `stream_options`. */
  readonly includeUsage?: boolean
}

/** A chat model of a server that speaks OpenAI's chat completions. */
export function openAiCompatibleChat(settings: CompatibleSettings): LanguageModel {
  const { provider, apiKey, modelId, baseUrl, includeUsage = true } = settings
  return aiSdkModel({
    provider,
    settings,
    speaksChatCompletions: true,
    hasLastingKey: true,
    namespace: 'openaiCompatible',
    options: callSettings(settings),
    async load(fetch) {
      const { createOpenAICompatible } = await loadSdk()
      return createOpenAICompatible({
        name: 'openaiCompatible',
        apiKey,
        baseURL: baseUrl,
        fetch,
        includeUsage,
        supportsStructuredOutputs: true,
      })(modelId)
    },
  })
}
