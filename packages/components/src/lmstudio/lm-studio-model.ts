import { defineComponent, field, type LanguageModel, type RunArguments } from '@runnel/sdk'
import { modelInputs, modelOutputs } from '../shared/language-model.ts'
import { providerFields, providerModel } from '../shared/provider-model.ts'

const inputs = {
  ...modelInputs,
  max_tokens: providerFields.maxTokens(),
  model_kwargs: providerFields.modelKwargs(),
  model_name: providerFields.modelName([]),
  base_url: field.string({
    label: 'Base URL',
    info: 'Where LM Studio listens.',
    default: 'http://localhost:1234/v1',
  }),
  api_key: field.secret({
    label: 'LM Studio API Key',
    info: 'Only for a server that asks for one.',
    variable: 'LMSTUDIO_API_KEY',
    advanced: true,
  }),
  temperature: field.float({ label: 'Temperature', info: 'How much answers may vary.', default: 0.1, advanced: true }),
  seed: providerFields.seed(),
} as const

export const lmStudioModel = defineComponent({
  type: 'LMStudioModel',
  aliases: ['LMStudioModelComponent'],
  displayName: 'LM Studio',
  description: 'Asks a model that LM Studio runs on a machine of yours.',
  icon: 'LMStudio',
  category: 'lmstudio',
  inputs,
  outputs: modelOutputs(model),
})

function model({ inputs: chosen, context }: RunArguments<typeof inputs>): Promise<LanguageModel> {
  return providerModel(
    'LM Studio',
    {
      apiKey: chosen.api_key,
      baseUrl: chosen.base_url,
      modelId: chosen.model_name,
      temperature: chosen.temperature,
      maxTokens: chosen.max_tokens,
      seed: chosen.seed,
      modelKwargs: chosen.model_kwargs,
    },
    context,
  )
}
