import { watsonxModels } from '@runnel/models/model-names'
import { AppError } from '@runnel/protocol/errors'
import { defineComponent, field, type LanguageModel, type RunArguments } from '@runnel/sdk'
import { modelInputs, modelOutputs } from '../shared/language-model.ts'
import { WATSONX_ADDRESSES } from '../shared/model-fields.ts'
import { providerFields, providerModel } from '../shared/provider-model.ts'

const share = (label: string, info: string, initial: number, min: number, max: number) =>
  field.slider({ label, info, default: initial, min, max, step: 0.01, advanced: true })

const inputs = {
  ...modelInputs,
  base_url: field.dropdown({
    label: 'watsonx API Endpoint',
    info: 'The region whose models are asked.',
    options: WATSONX_ADDRESSES,
    default: '',
    free: true,
    refresh: true,
  }),
  project_id: field.string({ label: 'watsonx Project ID', info: 'The project that pays.' }),
  space_id: field.string({ label: 'watsonx Space ID', info: 'The deployment space, where there is no project.' }),
  api_key: providerFields.apiKey('Watsonx', 'WATSONX_APIKEY'),
  model_name: providerFields.modelName(watsonxModels),
  max_tokens: providerFields.maxTokens({ initial: 1000 }),
  stop_sequence: field.string({ label: 'Stop Sequence', info: 'Where an answer ends.', advanced: true }),
  temperature: share('Temperature', 'How much answers may vary.', 0.1, 0, 2),
  top_p: share('Top P', 'Only the likeliest tokens that make up this share are considered.', 0.9, 0, 1),
  frequency_penalty: share('Frequency Penalty', 'How much less likely what was said often becomes.', 0.5, -2, 2),
  presence_penalty: share('Presence Penalty', 'How much less likely what was said at all becomes.', 0.3, -2, 2),
  seed: providerFields.seed(8),
  logprobs: field.bool({
    label: 'Log Probabilities',
    info: 'Kept for older flows: flows do not see them.',
    default: true,
    advanced: true,
  }),
  top_logprobs: field.int({
    label: 'Top Log Probabilities',
    info: 'Kept for older flows: flows do not see them.',
    default: 3,
    advanced: true,
  }),
  logit_bias: field.string({
    label: 'Logit Bias',
    info: 'How much likelier tokens become, as JSON: {"1003": -100}.',
    advanced: true,
  }),
} as const

export const ibmWatsonxModel = defineComponent({
  type: 'IBMwatsonxModel',
  aliases: ['WatsonxAIComponent'],
  displayName: 'IBM watsonx.ai',
  description: 'Asks a foundation model at IBM watsonx.ai.',
  icon: 'WatsonxAI',
  category: 'ibm',
  inputs,
  outputs: modelOutputs(model),
})

function model({ inputs: chosen, dynamic, context }: RunArguments<typeof inputs>): Promise<LanguageModel> {
  const older = typeof dynamic.url === 'string' ? dynamic.url : ''
  const bias = chosen.logit_bias.trim()
  return providerModel(
    'IBM WatsonX',
    {
      apiKey: chosen.api_key,
      baseUrl: chosen.base_url || older,
      modelId: chosen.model_name,
      options: { projectId: chosen.project_id, spaceId: chosen.space_id },
      temperature: chosen.temperature,
      topP: chosen.top_p,
      maxTokens: chosen.max_tokens,
      seed: chosen.seed,
      modelKwargs: {
        frequency_penalty: chosen.frequency_penalty,
        presence_penalty: chosen.presence_penalty,
        ...(chosen.stop_sequence && { stop: [chosen.stop_sequence] }),
        ...(bias && { logit_bias: parsedBias(bias) }),
      },
    },
    context,
  )
}

function parsedBias(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AppError('invalid_field', ['Logit Bias is no JSON. Enter an object such as {"1003": -100}.'], { cause })
  }
}
