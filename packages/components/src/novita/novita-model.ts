import { compatibleModels } from '@runnel/models/model-names'
import { defineComponent, type LanguageModel, type RunArguments } from '@runnel/sdk'
import { modelInputs, modelOutputs } from '../shared/language-model.ts'
import { providerFields, providerModel } from '../shared/provider-model.ts'

const inputs = {
  ...modelInputs,
  max_tokens: providerFields.maxTokens(),
  model_kwargs: providerFields.modelKwargs(),
  json_mode: providerFields.jsonMode(),
  model_name: providerFields.modelName(compatibleModels.Novita),
  api_key: providerFields.apiKey('Novita', 'NOVITA_API_KEY'),
  temperature: providerFields.temperature(0.1),
  seed: providerFields.seed(),
} as const

export const novitaModel = defineComponent({
  type: 'NovitaModel',
  aliases: ['NovitaModelComponent'],
  displayName: 'Novita AI',
  description: 'Asks a chat model at Novita AI.',
  icon: 'Novita',
  category: 'novita',
  inputs,
  outputs: modelOutputs(model),
})

function model({ inputs: chosen, context }: RunArguments<typeof inputs>): Promise<LanguageModel> {
  return providerModel(
    'Novita',
    {
      apiKey: chosen.api_key,
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
