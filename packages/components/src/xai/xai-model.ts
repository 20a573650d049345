import { compatibleModels } from '@runnel/models/model-names'
import { defineComponent, type LanguageModel, type RunArguments } from '@runnel/sdk'
import { modelInputs, modelOutputs } from '../shared/language-model.ts'
import { providerFields, providerModel } from '../shared/provider-model.ts'

const inputs = {
  ...modelInputs,
  max_tokens: providerFields.maxTokens(),
  model_kwargs: providerFields.modelKwargs(),
  json_mode: providerFields.jsonMode(),
  model_name: providerFields.modelName(compatibleModels.xAI),
  base_url: providerFields.address('xAI', 'https://api.x.ai/v1'),
  api_key: providerFields.apiKey('xAI', 'XAI_API_KEY'),
  temperature: providerFields.temperature(0.1, { advanced: true, max: 2 }),
  seed: providerFields.seed(),
} as const

export const xaiModel = defineComponent({
  type: 'xAIModel',
  aliases: ['XAIModelComponent'],
  displayName: 'xAI',
  description: 'Asks a Grok model of xAI.',
  icon: 'xAI',
  category: 'xai',
  inputs,
  outputs: modelOutputs(model),
})

function model({ inputs: chosen, context }: RunArguments<typeof inputs>): Promise<LanguageModel> {
  return providerModel(
    'xAI',
    {
      apiKey: chosen.api_key,
      baseUrl: chosen.base_url,
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
