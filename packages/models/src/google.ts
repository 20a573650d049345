import type { LanguageModel } from '@runnel/sdk'
import { aiSdkModel } from './ai-sdk-model.ts'
import { callSettings } from './call-settings.ts'
import type { ChatSettings } from './chat-model.ts'
import { once } from './once.ts'

const loadSdk = once(() => import('@ai-sdk/google'))

/** A Gemini model of Google's Generative Language API. */
export function googleChat(settings: ChatSettings): LanguageModel {
  const { apiKey, modelId, baseUrl } = settings
  return aiSdkModel({
    provider: 'Google Generative AI',
    settings,
    options: callSettings(settings),
    async load(fetch) {
      const { createGoogleGenerativeAI } = await loadSdk()
      const baseURL = baseUrl || 'https://generativelanguage.googleapis.com/v1beta'
      return createGoogleGenerativeAI({ apiKey, baseURL, fetch })(modelId)
    },
  })
}
