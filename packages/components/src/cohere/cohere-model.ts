import { defineComponent, type LanguageModel, type RunArguments } from '@runnel/sdk'
import { modelInputs, modelOutputs } from '../shared/language-model.ts'
import { providerFields, providerModel } from '../shared/provider-model.ts'

const inputs = {
  ...modelInputs,
  cohere_api_key: providerFields.apiKey('Cohere', 'COHERE_API_KEY'),
  temperature: providerFields.temperature(0.75, { advanced: true }),
} as const

export const cohereModel = defineComponent({
  type: 'CohereModel',
  aliases: ['CohereComponent'],
  displayName: 'Cohere',
  description: 'Asks a chat model of Cohere.',
  icon: 'Cohere',
  category: 'cohere',
  inputs,
  outputs: modelOutputs(model),
})

function model({ inputs: chosen, context }: RunArguments<typeof inputs>): Promise<LanguageModel> {
  return providerModel(
    'Cohere',
    {
      apiKey: chosen.cohere_api_key,
      temperature: chosen.temperature,
    },
    context,
  )
}
