import { defineComponent, type LanguageModel, type RunArguments } from '@runnel/sdk'
import { bedrockFields, bedrockModel } from '../shared/bedrock-fields.ts'
import { modelInputs, modelOutputs } from '../shared/language-model.ts'
import { providerFields } from '../shared/provider-model.ts'

const inputs = {
  ...modelInputs,
  ...bedrockFields,
  model_kwargs: providerFields.modelKwargs(),
} as const

export const amazonBedrockModel = defineComponent({
  type: 'AmazonBedrockModel',
  aliases: ['AmazonBedrockComponent'],
  displayName: 'Amazon Bedrock',
  description: 'Asks a chat model at Amazon Bedrock.',
  icon: 'Amazon',
  category: 'amazon',
  legacy: true,
  replacement: ['amazon.AmazonBedrockConverseModel'],
  inputs,
  outputs: modelOutputs(model),
})

/** `model_kwargs` of older nodes hold the settings that all models share beside their own. */
function model({ inputs: chosen, context }: RunArguments<typeof inputs>): Promise<LanguageModel> {
  const { temperature, max_tokens, top_p, ...modelKwargs } = chosen.model_kwargs
  const settings = { temperature: number(temperature), maxTokens: number(max_tokens), topP: number(top_p), modelKwargs }
  return bedrockModel(chosen, settings, context)
}

function number(value: unknown): number | undefined {
  const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof parsed === 'number' && Number.isFinite(parsed) ? parsed : undefined
}
