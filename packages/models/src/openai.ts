import type { LanguageModel } from '@runnel/sdk'
import { aiSdkModel } from './ai-sdk-model.ts'
import { callSettings } from './call-settings.ts'
import type { ChatSettings } from './chat-model.ts'
import { once } from './once.ts'
import { isReasoningModel } from './reasoning-models.ts'

const loadSdk = once(() => import('@ai-sdk/openai'))

/** A chat model of OpenAI, or of any server given by `baseUrl` that speaks its chat completions. */
export function openAiChat(settings: ChatSettings): LanguageModel {
  const { apiKey, modelId, baseUrl, reasoning = isReasoningModel(modelId) } = settings
  return aiSdkModel({
    provider: 'OpenAI',
    settings,
    speaksChatCompletions: true,
    // The package guesses from the name which models reason and rewrites their requests; a new name must not.
    options: {
      ...callSettings(settings),
      providerOptions: { openai: { forceReasoning: reasoning, strictJsonSchema: false } },
    },
    async load(fetch) {
      const { createOpenAI } = await loadSdk()
      return createOpenAI({ apiKey, baseURL: baseUrl || 'https://api.openai.com/v1', fetch }).chat(modelId)
    },
  })
}
