import { compatibleModels } from '@runnel/models/model-names'
import { defineComponent, field, type LanguageModel, type RunArguments } from '@runnel/sdk'
import { modelInputs, modelOutputs } from '../shared/language-model.ts'
import { providerFields, providerModel } from '../shared/provider-model.ts'

const inputs = {
  ...modelInputs,
  max_tokens: providerFields.maxTokens(),
  model_kwargs: providerFields.modelKwargs(),
  model_name: providerFields.modelName(compatibleModels.AIML),
  aiml_api_base: field.string({
    label: 'AI/ML API Base',
    info: 'Where AI/ML API is reached. Empty means its usual address.',
    advanced: true,
  }),
  api_key: providerFields.apiKey('AIML', 'AIML_API_KEY'),
  temperature: providerFields.temperature(0.1, { max: 2 }),
} as const

export const aimlModel = defineComponent({
  type: 'AIMLModel',
  aliases: ['AIMLModelComponent'],
  displayName: 'AI/ML API',
  description: 'Asks a chat model at AI/ML API.',
  icon: 'AIML',
  category: 'aiml',
  inputs,
  outputs: modelOutputs(model),
})

function model({ inputs: chosen, context }: RunArguments<typeof inputs>): Promise<LanguageModel> {
  return providerModel(
    'AIML',
    {
      apiKey: chosen.api_key,
      baseUrl: chosen.aiml_api_base,
      modelId: chosen.model_name,
      temperature: chosen.temperature,
      maxTokens: chosen.max_tokens,
      modelKwargs: chosen.model_kwargs,
    },
    context,
  )
}
