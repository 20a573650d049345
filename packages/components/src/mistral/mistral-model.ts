import { compatibleModels } from '@runnel/models/model-names'
import { defineComponent, field, type LanguageModel, type RunArguments } from '@runnel/sdk'
import { modelInputs, modelOutputs } from '../shared/language-model.ts'
import { providerFields, providerModel } from '../shared/provider-model.ts'

const inputs = {
  ...modelInputs,
  max_tokens: providerFields.maxTokens(),
  model_name: providerFields.modelName(compatibleModels.Mistral, 'codestral-latest'),
  mistral_api_base: field.string({
    label: 'Mistral API Base',
    info: 'The address of another server. Empty means Mistral AI itself.',
    advanced: true,
  }),
  api_key: providerFields.apiKey('Mistral', 'MISTRAL_API_KEY'),
  temperature: field.float({ label: 'Temperature', info: 'How much answers may vary.', default: 0.1, advanced: true }),
  max_retries: field.int({
    label: 'Max Retries',
    info: 'How often to try again when the service is overloaded.',
    default: 5,
    advanced: true,
  }),
  timeout: field.int({
    label: 'Timeout',
    info: 'How many seconds the service may be silent.',
    default: 60,
    advanced: true,
  }),
  max_concurrent_requests: field.int({
    label: 'Max Concurrent Requests',
    info: 'Kept for older flows: a node asks once.',
    default: 3,
    advanced: true,
  }),
  top_p: field.float({
    label: 'Top P',
    info: 'Only the likeliest tokens that make up this share are considered.',
    default: 1,
    advanced: true,
  }),
  random_seed: providerFields.seed(),
  safe_mode: field.bool({ label: 'Safe Mode', info: 'Put a prompt for safety before yours.', advanced: true }),
} as const

export const mistralModel = defineComponent({
  type: 'MistralModel',
  aliases: ['MistralAIModelComponent'],
  displayName: 'MistralAI',
  description: 'Asks a chat model of Mistral AI.',
  icon: 'MistralAI',
  category: 'mistral',
  inputs,
  outputs: modelOutputs(model),
})

function model({ inputs: chosen, context }: RunArguments<typeof inputs>): Promise<LanguageModel> {
  return providerModel(
    'Mistral',
    {
      apiKey: chosen.api_key,
      baseUrl: chosen.mistral_api_base,
      modelId: chosen.model_name,
      temperature: chosen.temperature,
      maxTokens: chosen.max_tokens,
      maxRetries: chosen.max_retries,
      timeoutMs: chosen.timeout * 1000,
      // Mistral has names of its own for these, and refuses those of OpenAI.
      modelKwargs: {
        random_seed: chosen.random_seed,
        ...(chosen.top_p < 1 && { top_p: chosen.top_p }),
        ...(chosen.safe_mode && { safe_prompt: true }),
      },
    },
    context,
  )
}
