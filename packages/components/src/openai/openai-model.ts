import { openAiModels } from '@runnel/models/model-names'
import { openAiProvider } from '@runnel/models/provider-catalogue'
import { defineComponent, field, type LanguageModel, type RunArguments } from '@runnel/sdk'
import { modelInputs, modelOutputs } from '../shared/language-model.ts'
import { providerKey, providerUrl } from '../shared/provider-access.ts'

const DEFAULT_TIMEOUT_S = 700

const inputs = {
  ...modelInputs,
  max_tokens: field.int({
    label: 'Max Tokens',
    info: 'The longest answer, in tokens. 0 means no limit.',
    range: { min: 0, max: 128_000, step: 0.1, step_type: 'float' },
    advanced: true,
  }),
  model_kwargs: field.dict({
    label: 'Model Kwargs',
    info: 'More entries for the body of the request.',
    advanced: true,
  }),
  json_mode: field.bool({ label: 'JSON Mode', info: 'Asks for an answer in JSON.', advanced: true }),
  model_name: field.dropdown({
    label: 'Model Name',
    options: openAiModels,
    default: 'gpt-4o-mini',
    free: true,
    refresh: true,
  }),
  openai_api_base: field.string({
    label: 'OpenAI API Base',
    info: 'The address of another server that speaks the same language. Empty means OpenAI itself.',
    advanced: true,
  }),
  api_key: field.secret({
    label: 'OpenAI API Key',
    info: 'The key of your OpenAI account.',
    variable: 'OPENAI_API_KEY',
    required: true,
  }),
  temperature: field.slider({
    label: 'Temperature',
    info: 'How much answers may vary. Not sent to reasoning models.',
    default: 0.1,
    min: 0,
    max: 1,
    step: 0.01,
  }),
  seed: field.int({ label: 'Seed', info: 'The same seed makes answers repeatable.', default: 1, advanced: true }),
  max_retries: field.int({
    label: 'Max Retries',
    info: 'How often to try again when the service is overloaded.',
    default: 5,
    advanced: true,
  }),
  timeout: field.int({
    label: 'Timeout',
    info: `How many seconds the service may be silent. ${DEFAULT_TIMEOUT_S} means the limits of this server.`,
    default: DEFAULT_TIMEOUT_S,
    advanced: true,
  }),
} as const

export const openAiModel = defineComponent({
  type: 'OpenAIModel',
  aliases: ['OpenAIModelComponent'],
  displayName: 'OpenAI',
  description: 'Asks a chat model of OpenAI, or of a server that is compatible with it.',
  icon: 'OpenAI',
  category: 'openai',
  inputs,
  outputs: modelOutputs(model),
})

async function model({ inputs: chosen, context }: RunArguments<typeof inputs>): Promise<LanguageModel> {
  const { variables } = context
  const baseUrl = await providerUrl(openAiProvider, chosen.openai_api_base, variables)
  return openAiProvider.create({
    // A server of one's own may want no key; OpenAI always does.
    apiKey: await providerKey({ ...openAiProvider, keyOptional: baseUrl !== undefined }, chosen.api_key, variables),
    baseUrl,
    modelId: chosen.model_name,
    temperature: chosen.temperature,
    seed: chosen.seed,
    maxTokens: chosen.max_tokens,
    maxRetries: chosen.max_retries,
    timeoutMs: chosen.timeout === DEFAULT_TIMEOUT_S ? undefined : chosen.timeout * 1000,
    modelKwargs: {
      ...(chosen.json_mode && { response_format: { type: 'json_object' } }),
      ...chosen.model_kwargs,
    },
  })
}
