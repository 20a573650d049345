import { field } from '@runnel/sdk'

/** Where IBM watsonx.ai is reached; the first unless chosen. */
export const WATSONX_ADDRESSES = [
  'https://us-south.ml.cloud.ibm.com',
  'https://eu-de.ml.cloud.ibm.com',
  'https://eu-gb.ml.cloud.ibm.com',
  'https://au-syd.ml.cloud.ibm.com',
  'https://jp-tok.ml.cloud.ibm.com',
  'https://ca-tor.ml.cloud.ibm.com',
] as const

/** The fields by which a node chooses its model (langflow-1.13-components.md, 1.5). What they hold is what `chosenModel` takes. */
export const modelFields = {
  model: field.model({
    label: 'Language Model',
    info: 'The model to ask. Empty means the default model.',
    modelType: 'language',
    required: true,
    refresh: true,
    placeholder: 'Setup Provider',
    extra: modelExtras(),
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
    options: WATSONX_ADDRESSES,
    default: WATSONX_ADDRESSES[0],
    free: true,
    show: false,
    refresh: true,
  }),
  project_id: field.string({ label: 'watsonx Project ID', info: 'For IBM watsonx.ai only.', show: false }),
} as const

/** The same, with models that can call tools only. */
export const toolModelFields = {
  ...modelFields,
  model: field.model({
    label: 'Language Model',
    info: 'The model to ask. Empty means the default model.',
    modelType: 'language',
    toolCalling: true,
    required: true,
    refresh: true,
    placeholder: 'Setup Provider',
    extra: modelExtras(),
  }),
} as const

/** What the editor needs to offer models and an edge from another model. */
function modelExtras() {
  return {
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
  }
}
