import { defineComponent, field, type LanguageModel, type RunArguments } from '@runnel/sdk'
import { modelInputs, modelOutputs } from '../shared/language-model.ts'
import { providerFields, providerModel } from '../shared/provider-model.ts'

const inputs = {
  ...modelInputs,
  max_tokens: providerFields.maxTokens(),
  model_kwargs: providerFields.modelKwargs(),
  json_mode: providerFields.jsonMode(),
  model_name: field.string({
    label: 'Model Name',
    info: 'The name the server runs the model under.',
    default: 'ibm-granite/granite-3.3-8b-instruct',
  }),
  api_base: field.string({
    label: 'vLLM API Base',
    info: 'Where the server listens.',
    default: 'http://localhost:8000/v1',
  }),
  api_key: field.secret({ label: 'API Key', info: 'Only for a server that asks for one.' }),
  temperature: providerFields.temperature(0.1),
  seed: providerFields.seed(),
  max_retries: field.int({
    label: 'Max Retries',
    info: 'How often to try again when the service is overloaded.',
    default: 5,
    advanced: true,
  }),
  timeout: field.int({
    label: 'Timeout',
    info: 'How many seconds the service may be silent. 700 means the limits of this server.',
    default: 700,
    advanced: true,
  }),
} as const

export const vllmModel = defineComponent({
  type: 'vLLMModel',
  aliases: ['VllmComponent', 'VLLMModel'],
  displayName: 'vLLM',
  description: 'Asks a model that a vLLM server of yours runs.',
  icon: 'vLLM',
  category: 'vllm',
  inputs,
  outputs: modelOutputs(model),
})

function model({ inputs: chosen, context }: RunArguments<typeof inputs>): Promise<LanguageModel> {
  return providerModel(
    'vLLM',
    {
      apiKey: chosen.api_key,
      baseUrl: chosen.api_base,
      modelId: chosen.model_name,
      temperature: chosen.temperature,
      maxTokens: chosen.max_tokens,
      seed: chosen.seed,
      maxRetries: chosen.max_retries,
      timeoutMs: chosen.timeout === 700 ? undefined : chosen.timeout * 1000,
      jsonMode: chosen.json_mode,
      modelKwargs: chosen.model_kwargs,
    },
    context,
  )
}
