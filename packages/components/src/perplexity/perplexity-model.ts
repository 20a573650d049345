import { compatibleModels } from '@runnel/models/model-names'
import { defineComponent, field, type LanguageModel, type RunArguments } from '@runnel/sdk'
import { modelInputs, modelOutputs } from '../shared/language-model.ts'
import { providerFields, providerModel } from '../shared/provider-model.ts'

const inputs = {
  ...modelInputs,
  model_name: providerFields.modelName(compatibleModels.Perplexity),
  max_tokens: providerFields.maxTokens({ advanced: false }),
  api_key: providerFields.apiKey('Perplexity', 'PERPLEXITY_API_KEY'),
  temperature: providerFields.temperature(0.75, { max: 2 }),
  top_p: field.float({
    label: 'Top P',
    info: 'Only the likeliest tokens that make up this share are considered.',
    advanced: true,
  }),
  n: providerFields.choices(),
} as const

export const perplexityModel = defineComponent({
  type: 'PerplexityModel',
  aliases: ['PerplexityComponent'],
  displayName: 'Perplexity',
  description: 'Asks a model of Perplexity, which searches the web.',
  icon: 'Perplexity',
  category: 'perplexity',
  inputs,
  outputs: modelOutputs(model),
})

function model({ inputs: chosen, context }: RunArguments<typeof inputs>): Promise<LanguageModel> {
  return providerModel(
    'Perplexity',
    {
      apiKey: chosen.api_key,
      modelId: chosen.model_name,
      temperature: chosen.temperature,
      topP: chosen.top_p,
      maxTokens: chosen.max_tokens,
    },
    context,
  )
}
