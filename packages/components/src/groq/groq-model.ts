import { compatibleModels } from '@runnel/models/model-names'
import { defineComponent, type LanguageModel, type RunArguments } from '@runnel/sdk'
import { modelInputs, modelOutputs } from '../shared/language-model.ts'
import { providerFields, providerModel } from '../shared/provider-model.ts'

const inputs = {
  ...modelInputs,
  api_key: providerFields.apiKey('Groq', 'GROQ_API_KEY'),
  base_url: providerFields.address('Groq', 'https://api.groq.com'),
  max_tokens: providerFields.maxTokens(),
  temperature: providerFields.temperature(0.1, { advanced: true }),
  n: providerFields.choices(),
  model_name: providerFields.modelName(compatibleModels.Groq),
  tool_model_enabled: providerFields.toolModels(),
} as const

export const groqModel = defineComponent({
  type: 'GroqModel',
  aliases: ['GroqModelComponent'],
  displayName: 'Groq',
  description: 'Asks a chat model at Groq.',
  icon: 'Groq',
  category: 'groq',
  inputs,
  outputs: modelOutputs(model),
})

function model({ inputs: chosen, context }: RunArguments<typeof inputs>): Promise<LanguageModel> {
  return providerModel(
    'Groq',
    {
      apiKey: chosen.api_key,
      baseUrl: chosen.base_url,
      modelId: chosen.model_name,
      temperature: chosen.temperature,
      maxTokens: chosen.max_tokens,
    },
    context,
  )
}
