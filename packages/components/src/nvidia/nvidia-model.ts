import { compatibleModels } from '@runnel/models/model-names'
import { defineComponent, field, type LanguageModel, type RunArguments } from '@runnel/sdk'
import { modelInputs, modelOutputs } from '../shared/language-model.ts'
import { providerFields, providerModel } from '../shared/provider-model.ts'

const inputs = {
  ...modelInputs,
  max_tokens: providerFields.maxTokens(),
  model_name: providerFields.modelName(compatibleModels.NVIDIA),
  detailed_thinking: field.bool({
    label: 'Detailed Thinking',
    info: 'The model thinks in more detail before it answers, where it can.',
    show: false,
  }),
  tool_model_enabled: providerFields.toolModels(),
  base_url: providerFields.address('NVIDIA', 'https://integrate.api.nvidia.com/v1'),
  api_key: providerFields.apiKey('NVIDIA', 'NVIDIA_API_KEY'),
  temperature: providerFields.temperature(0.1, { advanced: true }),
  seed: providerFields.seed(),
} as const

export const nvidiaModel = defineComponent({
  type: 'NVIDIAModelComponent',
  displayName: 'NVIDIA',
  description: 'Asks a chat model at NVIDIA, or of a NIM server of your own.',
  icon: 'NVIDIA',
  category: 'nvidia',
  inputs,
  outputs: modelOutputs(model),
})

function model({ inputs: chosen, context }: RunArguments<typeof inputs>): Promise<LanguageModel> {
  return providerModel(
    'NVIDIA',
    {
      apiKey: chosen.api_key,
      baseUrl: chosen.base_url,
      modelId: chosen.model_name,
      temperature: chosen.temperature,
      maxTokens: chosen.max_tokens,
      seed: chosen.seed,
      modelKwargs: chosen.detailed_thinking ? { chat_template_kwargs: { thinking: true } } : {},
    },
    context,
  )
}
