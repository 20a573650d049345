import type { LanguageModel } from '@runnel/sdk'
import { aiSdkModel } from './ai-sdk-model.ts'
import { callSettings } from './call-settings.ts'
import type { ChatSettings } from './chat-model.ts'
import { once } from './once.ts'

const loadSdk = once(() => import('@ai-sdk/openai-compatible'))

const DEFAULT_VERSION = '2024-06-01'

/**
 * A deployment at Azure OpenAI: `modelId` is its name, `baseUrl` the address of the resource,
 * `https://NAME.openai.azure.com`. `options.apiVersion` is the version of the service.
 */
export function azureOpenAiChat(settings: ChatSettings): LanguageModel {
  const resource = (settings.baseUrl ?? '').replace(/\/+$/, '')
  const baseUrl = `${resource}/openai/deployments/${encodeURIComponent(settings.modelId)}`
  return azureChat('Azure OpenAI', settings, baseUrl, DEFAULT_VERSION)
}

/** A model at Azure AI Foundry; `baseUrl` is its endpoint, with or without `/models` at the end. */
export function azureFoundryChat(settings: ChatSettings): LanguageModel {
  const endpoint = (settings.baseUrl ?? '').replace(/\/+$/, '')
  const baseUrl = /\/(models|v1)$/.test(endpoint) ? endpoint : `${endpoint}/models`
  return azureChat('Azure AI Foundry', settings, baseUrl, '2024-05-01-preview')
}

function azureChat(provider: string, settings: ChatSettings, baseURL: string, version: string): LanguageModel {
  const { apiKey, modelId, options } = settings
  return aiSdkModel({
    provider,
    settings,
    speaksChatCompletions: true,
    namespace: 'azure',
    options: callSettings(settings),
    async load(fetch) {
      const { createOpenAICompatible } = await loadSdk()
      return createOpenAICompatible({
        name: 'azure',
        baseURL,
        headers: { 'api-key': apiKey },
        queryParams: { 'api-version': options?.apiVersion || version },
        fetch,
        includeUsage: true,
        supportsStructuredOutputs: true,
      })(modelId)
    },
  })
}
