import { compatibleModels } from '@runnel/models/model-names'
import { defineComponent, field, type LanguageModel, type RunArguments } from '@runnel/sdk'
import { modelInputs, modelOutputs } from '../shared/language-model.ts'
import { providerFields, providerModel } from '../shared/provider-model.ts'

const inputs = {
  ...modelInputs,
  base_url: field.string({
    label: 'SambaNova Cloud Base Url',
    info: 'Where SambaNova is reached. Empty means its usual address.',
    advanced: true,
  }),
  model_name: providerFields.modelName(compatibleModels.SambaNova),
  api_key: providerFields.apiKey('SambaNova', 'SAMBANOVA_API_KEY'),
  max_tokens: providerFields.maxTokens({ initial: 2048 }),
  top_p: field.slider({
    label: 'Top P',
    info: 'Only the likeliest tokens that make up this share are considered.',
    default: 1,
    min: 0,
    max: 1,
    step: 0.01,
    advanced: true,
  }),
  temperature: providerFields.temperature(0.1, { advanced: true, max: 2 }),
} as const

export const sambaNovaModel = defineComponent({
  type: 'SambaNovaModel',
  aliases: ['SambaNovaComponent'],
  displayName: 'SambaNova',
  description: 'Asks a chat model at SambaNova.',
  icon: 'SambaNova',
  category: 'sambanova',
  inputs,
  outputs: modelOutputs(model),
})

function model({ inputs: chosen, context }: RunArguments<typeof inputs>): Promise<LanguageModel> {
  return providerModel(
    'SambaNova',
    {
      apiKey: chosen.api_key,
      // Nodes of Langflow hold the whole address.
      baseUrl: chosen.base_url.replace(/\/chat\/completions\/?$/, ''),
      modelId: chosen.model_name,
      temperature: chosen.temperature,
      maxTokens: chosen.max_tokens,
      ...(chosen.top_p < 1 && { topP: chosen.top_p }),
    },
    context,
  )
}
