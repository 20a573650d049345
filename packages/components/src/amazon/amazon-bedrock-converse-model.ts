import { defineComponent, field, type LanguageModel, type RunArguments } from '@runnel/sdk'
import { bedrockFields, bedrockModel } from '../shared/bedrock-fields.ts'
import { modelInputs, modelOutputs } from '../shared/language-model.ts'
import { providerFields } from '../shared/provider-model.ts'

const inputs = {
  ...modelInputs,
  ...bedrockFields,
  temperature: field.float({
    label: 'Temperature',
    info: 'How much answers may vary.',
    default: 0.7,
    advanced: true,
  }),
  max_tokens: providerFields.maxTokens({ initial: 4096 }),
  top_p: field.float({
    label: 'Top P',
    info: 'Only the likeliest tokens that make up this share are considered. Some models take no temperature beside it.',
    advanced: true,
  }),
  top_k: field.int({
    label: 'Top K',
    info: 'Only so many of the likeliest tokens are considered, by models that know this.',
    advanced: true,
  }),
  disable_streaming: field.bool({
    label: 'Disable Streaming',
    info: 'Ask for whole answers.',
    advanced: true,
  }),
  additional_model_fields: field.dict({
    label: 'Additional Model Fields',
    info: 'What only this model takes.',
    list: true,
    advanced: true,
  }),
} as const

export const amazonBedrockConverseModel = defineComponent({
  type: 'AmazonBedrockConverseModel',
  aliases: ['AmazonBedrockConverseComponent', 'AmazonBedrockConverse'],
  displayName: 'Amazon Bedrock Converse',
  description: 'Asks a chat model at Amazon Bedrock.',
  icon: 'Amazon',
  category: 'amazon',
  beta: true,
  inputs,
  outputs: modelOutputs(model),
})

async function model({ inputs: chosen, context }: RunArguments<typeof inputs>): Promise<LanguageModel> {
  const made = await bedrockModel(
    chosen,
    {
      temperature: chosen.temperature,
      topP: chosen.top_p,
      maxTokens: chosen.max_tokens,
      modelKwargs: { ...(chosen.top_k !== undefined && { top_k: chosen.top_k }), ...chosen.additional_model_fields },
    },
    context,
  )
  if (!chosen.disable_streaming) return made
  return { ...made, respond: (request, ...more) => made.respond({ ...request, stream: false }, ...more) }
}
