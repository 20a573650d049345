import { compatibleModels } from '@runnel/models/model-names'
import { defineComponent, field, type LanguageModel, type RunArguments } from '@runnel/sdk'
import { modelInputs, modelOutputs } from '../shared/language-model.ts'
import { providerFields, providerModel } from '../shared/provider-model.ts'

const inputs = {
  ...modelInputs,
  max_tokens: providerFields.maxTokens({ initial: 512 }),
  model_name: providerFields.modelName(compatibleModels.Maritalk),
  api_key: providerFields.apiKey('Maritalk', 'MARITALK_API_KEY'),
  temperature: field.float({ label: 'Temperature', info: 'How much answers may vary.', default: 0.1 }),
} as const

export const maritalkModel = defineComponent({
  type: 'MaritalkModel',
  aliases: ['MaritalkModelComponent'],
  displayName: 'MariTalk',
  description: 'Asks a Sabiá model of Maritaca AI, made for Portuguese.',
  icon: 'Maritalk',
  category: 'maritalk',
  inputs,
  outputs: modelOutputs(model),
})

function model({ inputs: chosen, context }: RunArguments<typeof inputs>): Promise<LanguageModel> {
  return providerModel(
    'Maritalk',
    {
      apiKey: chosen.api_key,
      modelId: chosen.model_name,
      temperature: chosen.temperature,
      maxTokens: chosen.max_tokens,
    },
    context,
  )
}
