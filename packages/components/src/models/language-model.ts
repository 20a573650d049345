import { defineComponent, field, type LanguageModel, type RunArguments } from '@runnel/sdk'
import { modelInputs, modelOutputs } from '../shared/language-model.ts'
import { chosenModel } from '../shared/model-choice.ts'
import { modelFields } from '../shared/model-fields.ts'

const { input_value, system_message, stream } = modelInputs
const { model, api_key, base_url_ibm_watsonx, project_id } = modelFields

const inputs = {
  model,
  model_name: field.string({
    label: 'Model Name Override',
    info: 'A model name to use instead of the chosen one.',
    advanced: true,
  }),
  provider: field.string({
    label: 'Provider Override',
    info: 'The provider of that name. Empty means the provider of the chosen model.',
    advanced: true,
  }),
  api_key,
  base_url_ibm_watsonx,
  project_id,
  ollama_base_url: field.string({
    label: 'Ollama API URL',
    info: 'For Ollama only.',
    show: false,
    refresh: true,
  }),
  input_value,
  system_message,
  stream,
  temperature: field.slider({
    label: 'Temperature',
    info: 'How much answers may vary. Not sent to reasoning models.',
    default: 0.1,
    min: 0,
    max: 1,
    step: 0.01,
    advanced: true,
  }),
  max_tokens: field.int({
    label: 'Max Tokens',
    info: 'The longest answer, in tokens. 0 means no limit.',
    default: 0,
    range: { min: 0, max: 128_000, step: 1, step_type: 'int' },
    advanced: true,
  }),
} as const

export const languageModel = defineComponent({
  type: 'LanguageModelComponent',
  displayName: 'Language Model',
  description: 'Asks a language model of the provider you choose.',
  icon: 'brain-circuit',
  category: 'models_and_agents',
  documentation: 'https://docs.langflow.org/components-models',
  metadata: {
    keywords: ['model', 'llm', 'language model', 'large language model'],
    model_provider_policy_mode: 'delegate',
  },
  inputs,
  outputs: modelOutputs(modelOf),
})

function modelOf(args: RunArguments<typeof inputs>): Promise<LanguageModel> {
  return chosenModel(args.inputs, args.context)
}
