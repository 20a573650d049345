import { chatProvider, chatProviders, providerOfModel } from '@runnel/models/provider-catalogue'
import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import { isLanguageModel, type LanguageModel, type RunContext } from '@runnel/sdk'
import { WATSONX_ADDRESSES } from './model-fields.ts'
import { providerSettings } from './provider-access.ts'

/** What a node says about the model it wants, in the forms of all versions of flow files. */
export interface ModelFields {
  /** The value of a `model` field: unset, a name, a list of one object, or a model brought by an edge. */
  readonly model?: unknown
  /** The model name of older files, or what stands in for the chosen name. */
  readonly model_name?: string | undefined
  readonly provider?: string | undefined
  readonly api_key?: string | undefined
  /** An address typed into the node; for Ollama, `ollama_base_url`. */
  readonly base_url?: string | undefined
  readonly ollama_base_url?: string | undefined
  readonly base_url_ibm_watsonx?: string | undefined
  readonly project_id?: string | undefined
  /** Other settings of the provider, by the names it has for them. */
  readonly options?: Readonly<Record<string, string | undefined>> | undefined
  readonly temperature?: number | undefined
  /** Tokens; 0 is no limit. */
  readonly max_tokens?: number | undefined
  readonly seed?: number | undefined
  readonly max_retries?: number | undefined
  readonly timeout_ms?: number | undefined
  readonly model_kwargs?: Readonly<Record<string, unknown>> | undefined
}

interface Choice {
  readonly name: string
  readonly provider: string
  readonly reasoning?: true
}

/** Says that the model of the node comes by an edge. */
const BY_EDGE = 'connect_other_models'
const NO_PROVIDER =
  "The selected model is missing a provider. Please reselect a model from the dropdown in the Language Model field so the component knows which provider's API key to use."

/**
 * The model a node asks: one brought by an edge as it is, else one made of the chosen, the overriding or the default
 * name.
 * @throws AppError `invalid_field` when none is chosen, its provider is unknown or a key or address is missing.
 */
export async function chosenModel(
  fields: ModelFields,
  { variables }: Pick<RunContext, 'variables'>,
  unset = 'A model selection is required',
): Promise<LanguageModel> {
  const given = Array.isArray(fields.model) ? fields.model[0] : fields.model
  const override = { name: fields.model_name?.trim() ?? '', provider: fields.provider?.trim() ?? '' }
  if (isLanguageModel(given)) {
    if (!override.name && !override.provider) return given
    throw invalid('Model name/provider overrides require a built-in model selection, not a connected model object.')
  }
  const choice = overridden(choiceOf(given), override) ?? (await defaultChoice(variables, unset))
  if (!choice.provider) throw invalid(NO_PROVIDER)
  const provider = chatProvider(choice.provider)
  if (!provider) throw invalid(`Unknown provider: ${choice.provider}`)
  const { api_key: apiKey, options } = fields
  const access = {
    apiKey,
    baseUrl: addressIn(fields, provider.title),
    options: { projectId: fields.project_id, ...options },
  }
  return provider.create({
    ...(await providerSettings(provider, access, variables)),
    modelId: choice.name || (provider.models[0] ?? ''),
    temperature: fields.temperature,
    maxTokens: fields.max_tokens,
    seed: fields.seed,
    maxRetries: fields.max_retries,
    timeoutMs: fields.timeout_ms,
    modelKwargs: fields.model_kwargs,
    reasoning: choice.reasoning,
  })
}

/** The address in the field that is for this provider. That of watsonx always holds one; its first is as good as none. */
function addressIn(fields: ModelFields, title: string): string | undefined {
  if (title === 'Ollama') return fields.ollama_base_url || fields.base_url
  const { base_url_ibm_watsonx: watsonx } = fields
  return title === 'IBM WatsonX' && watsonx !== WATSONX_ADDRESSES[0] ? watsonx : fields.base_url
}

/** As `chosenModel`, unless one is connected to `llm`, where files before 1.7 have it. */
export async function connectedModel(
  fields: ModelFields,
  llm: unknown,
  context: Pick<RunContext, 'variables'>,
  unset?: string,
): Promise<LanguageModel> {
  const connected: unknown = Array.isArray(llm) ? llm[0] : llm
  return isLanguageModel(connected) ? connected : chosenModel(fields, context, unset)
}

function choiceOf(value: unknown): Choice | undefined {
  if (typeof value === 'string') {
    const name = value.trim()
    return name === '' || name === BY_EDGE ? undefined : { name, provider: providerOfModel(name)?.title ?? '' }
  }
  if (!isObject(value)) return undefined
  const { name, provider, metadata } = value
  if (typeof name !== 'string' || name === '' || name === BY_EDGE) return undefined
  const details = isObject(metadata) ? metadata : {}
  const reasons =
    details.reasoning === true || (Array.isArray(details.reasoning_models) && details.reasoning_models.includes(name))
  return { name, provider: typeof provider === 'string' ? provider : '', ...(reasons && { reasoning: true }) }
}

function overridden(choice: Choice | undefined, override: Choice): Choice | undefined {
  if (!override.name && !override.provider) return choice
  const name = override.name || choice?.name || ''
  const provider = override.provider || choice?.provider || providerOfModel(name)?.title || ''
  return { name, provider, ...(choice?.reasoning && name === choice.name && { reasoning: true }) }
}

const DEFAULT_MODEL_VARIABLE = '__default_language_model__'

/** The default the user has set, else the first model of the only provider there is a key for. */
async function defaultChoice(variables: RunContext['variables'], unset: string): Promise<Choice> {
  const stored = defaultIn(await variables.get(DEFAULT_MODEL_VARIABLE))
  if (stored) return stored
  const candidates = chatProviders.filter(({ keyVariable, models }) => keyVariable !== null && models.length > 0)
  const keys = await Promise.all(candidates.map(({ keyVariable }) => keyVariable && variables.get(keyVariable)))
  const [only, ...others] = candidates.filter((_, index) => keys[index])
  if (!only || others.length > 0) throw invalid(unset)
  return { name: '', provider: only.title }
}

function defaultIn(json: string | undefined): Choice | undefined {
  try {
    const value: unknown = JSON.parse(json ?? 'null')
    if (!isObject(value) || typeof value.model_name !== 'string' || value.model_name === '') return undefined
    const provider = typeof value.provider === 'string' ? value.provider : ''
    return { name: value.model_name, provider: provider || (providerOfModel(value.model_name)?.title ?? '') }
  } catch {
    throw invalid(`The variable ${DEFAULT_MODEL_VARIABLE} is no JSON. Choose the default model again.`)
  }
}

const invalid = (why: string): AppError => new AppError('invalid_field', [why])
