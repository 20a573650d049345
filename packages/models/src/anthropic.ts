import type { LanguageModel } from '@runnel/sdk'
import { aiSdkModel } from './ai-sdk-model.ts'
import { callSettings } from './call-settings.ts'
import type { ChatSettings } from './chat-model.ts'
import { once } from './once.ts'

const loadSdk = once(() => import('@ai-sdk/anthropic'))

/** A chat model of Anthropic. Without `maxTokens` the model's own maximum is asked for. */
export function anthropicChat(settings: ChatSettings): LanguageModel {
  const { apiKey, modelId, baseUrl } = settings
  return aiSdkModel({
    provider: 'Anthropic',
    settings,
    options: callSettings({ ...settings, seed: undefined }),
    async load(fetch) {
      const { createAnthropic } = await loadSdk()
      return createAnthropic({ apiKey, baseURL: baseUrl || 'https://api.anthropic.com/v1', fetch })(modelId)
    },
  })
}
