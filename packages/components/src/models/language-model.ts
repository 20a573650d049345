import { defineComponent, field, type LanguageModel, type RunArguments } from '@runnel/sdk'
import { modelInputs, modelOutputs } from '../shared/language-model.ts'
import { chosenModel } from '../shared/model-choice.ts'

const { input_value, system_message, stream } = modelInputs

const inputs = {
  model: field.model({
    label: 'Language Model',
    info: 'The model to ask. Empty means the default model.',
    modelType: 'language',
    required: true,
    refresh: true,
    placeholder: 'Setup Provider',
    extra: {
      refresh_button: true,
      trace_as_input: true,
      tool_mode: false,
      external_options: {
        fields: {
          data: {
            node: { name: 'connect_other_models', display_name: 'Connect other models', icon: 'CornerDownLeft' },
          },
        },
      },
    },
  }),
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
  api_key: field.secret({
    label: 'API Key',
    info: 'Used instead of the key that is set for the provider.',
    advanced: true,
    refresh: true,
  }),
  base_url_ibm_watsonx: field.dropdown({
    label: 'watsonx API Endpoint',
    info: 'For IBM watsonx.ai only.',
    options: ['https://us-south.ml.cloud.ibm.com', 'https://eu-de.ml.cloud.ibm.com', 'https://eu-gb.ml.cloud.ibm.com'],
    default: 'https://us-south.ml.cloud.ibm.com',
    free: true,
    show: false,
    refresh: true,
  }),
  project_id: field.string({ label: 'watsonx Project ID', info: 'For IBM watsonx.ai only.', show: false }),
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
  inputs,
  outputs: modelOutputs(model),
})

function model(args: RunArguments<typeof inputs>): Promise<LanguageModel> {
  return chosenModel(args.inputs, args.context)
}
