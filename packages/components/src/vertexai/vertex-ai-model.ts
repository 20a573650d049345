import { AppError } from '@runnel/protocol/errors'
import { defineComponent, field, type LanguageModel, type RunArguments } from '@runnel/sdk'
import { modelInputs, modelOutputs } from '../shared/language-model.ts'
import { providerModel } from '../shared/provider-model.ts'

const inputs = {
  ...modelInputs,
  credentials: field.files({
    label: 'Credentials',
    info: 'The JSON file of a service account. Empty means the variable GOOGLE_APPLICATION_CREDENTIALS_JSON.',
    fileTypes: ['json'],
    extra: { list: false },
  }),
  model_name: field.text({ label: 'Model Name', info: 'The model to ask.', default: 'gemini-1.5-pro' }),
  project: field.string({ label: 'Project', info: 'Empty means the project of the account.', advanced: true }),
  location: field.string({
    label: 'Location',
    info: 'The region whose models are asked.',
    default: 'us-central1',
    advanced: true,
  }),
  max_output_tokens: field.int({
    label: 'Max Output Tokens',
    info: 'The longest answer, in tokens.',
    advanced: true,
  }),
  max_retries: field.int({
    label: 'Max Retries',
    info: 'How often to try again when the service is overloaded.',
    default: 1,
    advanced: true,
  }),
  temperature: field.float({ label: 'Temperature', info: 'How much answers may vary.', default: 0 }),
  top_k: field.int({
    label: 'Top K',
    info: 'Kept for older flows: the address of all models takes none.',
    advanced: true,
  }),
  top_p: field.float({
    label: 'Top P',
    info: 'Only the likeliest tokens that make up this share are considered.',
    default: 0.95,
    advanced: true,
  }),
  verbose: field.bool({ label: 'Verbose', info: 'Has no function.', advanced: true }),
} as const

export const vertexAiModel = defineComponent({
  type: 'VertexAiModel',
  aliases: ['ChatVertexAIComponent'],
  displayName: 'Vertex AI',
  description: 'Asks a chat model at Vertex AI of Google Cloud.',
  icon: 'VertexAI',
  category: 'vertexai',
  inputs,
  outputs: modelOutputs(model),
})

async function model({ inputs: chosen, context }: RunArguments<typeof inputs>): Promise<LanguageModel> {
  const [path] = chosen.credentials
  const apiKey = path === undefined ? '' : new TextDecoder().decode((await context.files.read(path)).bytes)
  if (path !== undefined && apiKey.trim() === '')
    throw new AppError('invalid_field', ['The credentials file is empty.'])
  return providerModel(
    'Vertex AI',
    {
      apiKey,
      modelId: chosen.model_name,
      options: { project: chosen.project, location: chosen.location },
      temperature: chosen.temperature,
      topP: chosen.top_p,
      maxTokens: chosen.max_output_tokens,
      maxRetries: chosen.max_retries,
    },
    context,
  )
}
