import type { ChatSettings } from '@runnel/models/chat-model'
import { chatProvider } from '@runnel/models/provider-catalogue'
import { AppError } from '@runnel/protocol/errors'
import { field, type LanguageModel, type RunContext } from '@runnel/sdk'
import { type ProviderFields, providerSettings } from './provider-access.ts'

/** What the node of one provider says of the model it asks. */
export interface ProviderModel
  extends ProviderFields,
    Omit<ChatSettings, 'apiKey' | 'baseUrl' | 'options' | 'modelId' | 'modelKwargs'> {
  /** Empty means the provider's first. */
  readonly modelId?: string | undefined
  /** Answers are JSON. */
  readonly jsonMode?: boolean
  readonly modelKwargs?: Readonly<Record<string, unknown>> | undefined
}

/**
 * The chat model of the provider of that title.
 * @throws AppError `invalid_field` when a key or an address is missing.
 */
export async function providerModel(
  title: string,
  { apiKey, baseUrl, options, modelId, jsonMode = false, modelKwargs, headers, ...settings }: ProviderModel,
  { variables }: Pick<RunContext, 'variables'>,
): Promise<LanguageModel> {
  const provider = chatProvider(title)
  if (!provider) throw new AppError('invalid_field', [`Unknown provider: ${title}`])
  const access = await providerSettings(provider, { apiKey, baseUrl, options }, variables)
  return provider.create({
    ...settings,
    ...access,
    headers: { ...access.headers, ...headers },
    modelId: modelId || (provider.models[0] ?? ''),
    modelKwargs: { ...(jsonMode && { response_format: { type: 'json_object' } }), ...modelKwargs },
  })
}

interface Advanced {
  readonly advanced?: boolean
}

/** Fields many of these nodes have, each with the default of its provider. */
export const providerFields = {
  maxTokens: ({ advanced = true, initial }: Advanced & { readonly initial?: number } = {}) =>
    field.int({
      label: 'Max Tokens',
      info: 'The longest answer, in tokens. 0 means no limit.',
      range: { min: 0, max: 128_000, step: 0.1, step_type: 'float' },
      advanced,
      ...(initial !== undefined && { default: initial }),
    }),
  temperature: (initial: number, { advanced = false, max = 1 }: Advanced & { readonly max?: number } = {}) =>
    field.slider({
      label: 'Temperature',
      info: 'How much answers may vary. Not sent to reasoning models.',
      default: initial,
      min: 0,
      max,
      step: 0.01,
      advanced,
    }),
  seed: (initial = 1) =>
    field.int({ label: 'Seed', info: 'The same seed makes answers repeatable.', default: initial, advanced: true }),
  modelKwargs: () =>
    field.dict({ label: 'Model Kwargs', info: 'More entries for the body of the request.', advanced: true }),
  jsonMode: () => field.bool({ label: 'JSON Mode', info: 'Asks for an answer in JSON.', advanced: true }),
  modelName: <const Options extends readonly string[]>(options: Options, initial?: Options[number]) =>
    field.dropdown({
      label: 'Model Name',
      info: 'The model to ask. Names that are not listed work too.',
      options,
      default: initial ?? options[0] ?? '',
      free: true,
      refresh: true,
    }),
  apiKey: (provider: string, variable: string | undefined, label = 'API Key') =>
    field.secret({
      label: `${provider} ${label}`,
      info: `The key of your account at ${provider}.`,
      required: true,
      refresh: true,
      ...(variable !== undefined && { variable }),
    }),
  address: (provider: string, initial: string, { advanced = true }: Advanced = {}) =>
    field.text({
      label: 'Base URL',
      info: `Where ${provider} is reached.`,
      default: initial,
      advanced,
      refresh: true,
    }),
  toolModels: () =>
    field.bool({
      label: 'Enable Tool Models',
      info: 'Kept for older flows: every model is offered.',
      default: true,
      advanced: true,
    }),
  choices: () => field.int({ label: 'N', info: 'Kept for older flows: one answer is asked for.', advanced: true }),
}
