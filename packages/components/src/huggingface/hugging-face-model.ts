import { compatibleModels } from '@runnel/models/model-names'
import { defineComponent, field, type LanguageModel, type RunArguments } from '@runnel/sdk'
import { modelInputs, modelOutputs } from '../shared/language-model.ts'
import { providerFields, providerModel } from '../shared/provider-model.ts'

/** What nodes of Langflow hold when no endpoint was entered. */
const HOSTED = 'https://api-inference.huggingface.co/models/'

const inputs = {
  ...modelInputs,
  model_id: field.dropdown({
    label: 'Model ID',
    info: 'The model to ask; custom means the one named below.',
    options: [...compatibleModels.HuggingFace, 'custom'],
    default: 'meta-llama/Llama-3.3-70B-Instruct',
    free: true,
    required: true,
    refresh: true,
  }),
  custom_model: field.string({ label: 'Custom Model ID', info: 'The name of a model.', show: false, required: true }),
  max_new_tokens: field.int({ label: 'Max New Tokens', info: 'The longest answer, in tokens.', default: 512 }),
  top_k: field.int({ label: 'Top K', info: 'Only so many of the likeliest tokens are considered.', advanced: true }),
  top_p: field.float({
    label: 'Top P',
    info: 'Only the likeliest tokens that make up this share are considered.',
    default: 0.95,
    advanced: true,
  }),
  typical_p: field.float({
    label: 'Typical P',
    info: 'Kept for older flows: chat models have none.',
    default: 0.95,
    advanced: true,
  }),
  temperature: providerFields.temperature(0.8, { advanced: true, max: 2 }),
  repetition_penalty: field.float({
    label: 'Repetition Penalty',
    info: 'How much less likely what was said becomes; 1 is not at all.',
    advanced: true,
  }),
  inference_endpoint: field.string({
    label: 'Inference Endpoint',
    info: 'The address of an endpoint of yours. The default means those of Hugging Face.',
    default: HOSTED,
    required: true,
  }),
  task: field.dropdown({
    label: 'Task',
    info: 'Kept for older flows: the model is asked as a chat model.',
    options: ['text2text-generation', 'text-generation', 'summarization', 'translation'],
    default: 'text-generation',
    advanced: true,
  }),
  huggingfacehub_api_token: providerFields.apiKey('HuggingFace', 'HUGGINGFACEHUB_API_TOKEN', 'API Token'),
  model_kwargs: providerFields.modelKwargs(),
  retry_attempts: field.int({
    label: 'Retry Attempts',
    info: 'How often to try again when the service is overloaded.',
    default: 1,
    advanced: true,
  }),
} as const

export const huggingFaceModel = defineComponent({
  type: 'HuggingFaceModel',
  aliases: ['HuggingFaceEndpointsComponent'],
  displayName: 'Hugging Face',
  description: 'Asks a chat model at Hugging Face, or at an endpoint of yours.',
  icon: 'HuggingFace',
  category: 'huggingface',
  inputs,
  outputs: modelOutputs(model),
})

function model({ inputs: chosen, context }: RunArguments<typeof inputs>): Promise<LanguageModel> {
  return providerModel(
    'HuggingFace',
    {
      apiKey: chosen.huggingfacehub_api_token,
      baseUrl: endpointAt(chosen.inference_endpoint),
      modelId: chosen.model_id === 'custom' ? chosen.custom_model : chosen.model_id,
      temperature: chosen.temperature,
      topP: chosen.top_p,
      maxTokens: chosen.max_new_tokens,
      maxRetries: chosen.retry_attempts,
      modelKwargs: {
        ...(chosen.top_k !== undefined && { top_k: chosen.top_k }),
        ...(chosen.repetition_penalty !== undefined && { repetition_penalty: chosen.repetition_penalty }),
        ...chosen.model_kwargs,
      },
    },
    context,
  )
}

/** The address of an endpoint of one's own, which speaks as OpenAI does below `/v1`; empty for Hugging Face itself. */
function endpointAt(address: string): string {
  const base = address.trim().replace(/\/+$/, '')
  if (base === '' || base.startsWith(HOSTED.slice(0, -1))) return ''
  return base.endsWith('/v1') ? base : `${base}/v1`
}
