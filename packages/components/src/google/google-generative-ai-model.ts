import { googleModels } from '@runnel/models/model-names'
import { defineComponent, field, type LanguageModel, type RunArguments } from '@runnel/sdk'
import { modelInputs, modelOutputs } from '../shared/language-model.ts'
import { providerFields, providerModel } from '../shared/provider-model.ts'

const inputs = {
  ...modelInputs,
  max_output_tokens: field.int({
    label: 'Max Output Tokens',
    info: 'The longest answer, in tokens.',
  }),
  model_name: providerFields.modelName(googleModels),
  api_key: providerFields.apiKey('Google', 'GOOGLE_API_KEY'),
  top_p: field.float({
    label: 'Top P',
    info: 'Only the likeliest tokens that make up this share are considered.',
    advanced: true,
  }),
  temperature: providerFields.temperature(0.1, { advanced: true, max: 2 }),
  n: providerFields.choices(),
  top_k: field.int({
    label: 'Top K',
    info: 'Only so many of the likeliest tokens are considered.',
    advanced: true,
  }),
  tool_model_enabled: providerFields.toolModels(),
} as const

export const googleGenerativeAiModel = defineComponent({
  type: 'GoogleGenerativeAIModel',
  aliases: ['GoogleGenerativeAIComponent'],
  displayName: 'Google Generative AI',
  description: 'Asks a Gemini model of Google.',
  icon: 'GoogleGenerativeAI',
  category: 'google',
  inputs,
  outputs: modelOutputs(model),
})

function model({ inputs: chosen, context }: RunArguments<typeof inputs>): Promise<LanguageModel> {
  return providerModel(
    'Google Generative AI',
    {
      apiKey: chosen.api_key,
      modelId: chosen.model_name,
      temperature: chosen.temperature,
      topP: chosen.top_p,
      topK: chosen.top_k,
      maxTokens: chosen.max_output_tokens,
    },
    context,
  )
}
