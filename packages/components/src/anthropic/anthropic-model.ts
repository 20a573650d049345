import { anthropicModels } from '@runnel/models/model-names'
import { defineComponent, field, type LanguageModel, type RunArguments } from '@runnel/sdk'
import { modelInputs, modelOutputs } from '../shared/language-model.ts'
import { providerFields, providerModel } from '../shared/provider-model.ts'

/** What nodes hold; the version of the API is ours to add. */
const ADDRESS = 'https://api.anthropic.com'

const inputs = {
  ...modelInputs,
  max_tokens: providerFields.maxTokens({ initial: 4096 }),
  model_name: providerFields.modelName(anthropicModels),
  api_key: providerFields.apiKey('Anthropic', 'ANTHROPIC_API_KEY'),
  temperature: providerFields.temperature(0.1, { advanced: true }),
  base_url: field.text({
    label: 'Anthropic API URL',
    info: 'Where Anthropic is reached.',
    default: ADDRESS,
    advanced: true,
    refresh: true,
  }),
  tool_model_enabled: providerFields.toolModels(),
} as const

export const anthropicModel = defineComponent({
  type: 'AnthropicModel',
  aliases: ['AnthropicModelComponent'],
  displayName: 'Anthropic',
  description: 'Asks a Claude model of Anthropic.',
  icon: 'Anthropic',
  category: 'anthropic',
  inputs,
  outputs: modelOutputs(model),
})

function model({ inputs: chosen, context }: RunArguments<typeof inputs>): Promise<LanguageModel> {
  const address = chosen.base_url.trim().replace(/\/+$/, '')
  return providerModel(
    'Anthropic',
    {
      apiKey: chosen.api_key,
      baseUrl: address === '' || address.endsWith('/v1') ? address : `${address}/v1`,
      modelId: chosen.model_name,
      temperature: chosen.temperature,
      maxTokens: chosen.max_tokens,
    },
    context,
  )
}
