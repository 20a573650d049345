import type { LanguageModel } from '@runnel/sdk'
import { aiSdkModel } from './ai-sdk-model.ts'
import { callSettings } from './call-settings.ts'
import type { ChatSettings } from './chat-model.ts'
import { once } from './once.ts'
import { isReasoningModel } from './reasoning-models.ts'

const loadSdk = once(() => import('@ai-sdk/openai'))

/**
 * The package guesses from such names which models reason, and rewrites their requests; a new name must not. Of all others
 * it thinks that they do not.
 */
const soundsReasoning = /^(o\d|gpt-([5-9]|\d\d))/

/** A chat model of OpenAI, or of any server given by `baseUrl` that speaks its chat completions. */
export function openAiChat(settings: ChatSettings): LanguageModel {
  const { apiKey, modelId, baseUrl, reasoning = isReasoningModel(modelId) } = settings
  return aiSdkModel({
    provider: 'OpenAI',
    settings,
    speaksChatCompletions: true,
    hasLastingKey: true,
    namespace: 'openai',
    options: {
      ...callSettings(settings),
      ...((reasoning || soundsReasoning.test(modelId)) && {
        providerOptions: { openai: { forceReasoning: reasoning } },
      }),
    },
    async load(fetch) {
      const { createOpenAI } = await loadSdk()
      return createOpenAI({ apiKey, baseURL: baseUrl || 'https://api.openai.com/v1', fetch }).chat(modelId)
    },
  })
}
