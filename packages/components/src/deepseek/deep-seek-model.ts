import { compatibleModels } from '@runnel/models/model-names'
import { defineComponent, field, type LanguageModel, type RunArguments } from '@runnel/sdk'
import { modelInputs, modelOutputs } from '../shared/language-model.ts'
import { providerFields, providerModel } from '../shared/provider-model.ts'

const inputs = {
  ...modelInputs,
  max_tokens: providerFields.maxTokens(),
  model_kwargs: providerFields.modelKwargs(),
  json_mode: providerFields.jsonMode(),
  model_name: providerFields.modelName(compatibleModels.DeepSeek),
  api_base: field.string({
    label: 'DeepSeek API Base',
    info: 'Where DeepSeek is reached.',
    default: 'https://api.deepseek.com',
    advanced: true,
  }),
  api_key: providerFields.apiKey('DeepSeek', 'DEEPSEEK_API_KEY'),
  temperature: providerFields.temperature(1, { advanced: true, max: 2 }),
  seed: providerFields.seed(),
} as const

export const deepSeekModel = defineComponent({
  type: 'DeepSeekModelComponent',
  displayName: 'DeepSeek',
  description: 'Asks a chat model of DeepSeek.',
  icon: 'DeepSeek',
  category: 'deepseek',
  inputs,
  outputs: modelOutputs(model),
})

function model({ inputs: chosen, context }: RunArguments<typeof inputs>): Promise<LanguageModel> {
  return providerModel(
    'DeepSeek',
    {
      apiKey: chosen.api_key,
      baseUrl: chosen.api_base,
      modelId: chosen.model_name,
      temperature: chosen.temperature,
      maxTokens: chosen.max_tokens,
      seed: chosen.seed,
      jsonMode: chosen.json_mode,
      modelKwargs: chosen.model_kwargs,
    },
    context,
  )
}
