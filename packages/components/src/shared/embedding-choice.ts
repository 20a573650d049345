import {
  embeddingProvider,
  embeddingProviders,
  providerOfEmbeddings,
} from '@runnel/models/embeddings/embedding-catalogue'
import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import { type Embeddings, isEmbeddings, type RunContext } from '@runnel/sdk'
import { providerKey, providerUrl } from './provider-access.ts'

/** What a node says about the embeddings it wants, in the forms of all versions of flow files. */
export interface EmbeddingFields {
  /** Unset, a name, a list of one object, or embeddings brought by an edge. */
  readonly model?: unknown
  readonly model_name?: string | undefined
  readonly provider?: string | undefined
  readonly api_key?: string | undefined
  readonly api_base?: string | undefined
  readonly ollama_base_url?: string | undefined
  readonly dimensions?: number | undefined
  /** Texts of one request. */
  readonly chunk_size?: number | undefined
  readonly max_retries?: number | undefined
  /** Seconds. */
  readonly request_timeout?: number | undefined
  readonly model_kwargs?: Readonly<Record<string, unknown>> | undefined
}

interface Choice {
  readonly name: string
  readonly provider: string
}

const BY_EDGE = 'connect_other_models'
const DEFAULT_VARIABLE = '__default_embedding_model__'
export const NO_EMBEDDINGS = 'An embedding model selection is required'

/**
 * The embeddings a node asks: those brought by an edge as they are, else those of the chosen, the overriding or the
 * default name.
 * @throws AppError `invalid_field` when none are chosen, their provider is unknown or a key or address is missing.
 */
export async function chosenEmbeddings(
  fields: EmbeddingFields,
  { variables }: Pick<RunContext, 'variables'>,
): Promise<Embeddings> {
  const given: unknown = Array.isArray(fields.model) ? fields.model[0] : fields.model
  if (isEmbeddings(given)) return given
  const override = { name: fields.model_name?.trim() ?? '', provider: fields.provider?.trim() ?? '' }
  const choice = overridden(choiceOf(given), override) ?? (await defaultChoice(variables))
  if (!choice) throw invalid(NO_EMBEDDINGS)
  if (!choice.provider) throw invalid('The selected embedding model is missing a provider. Choose the model again.')
  const provider = embeddingProvider(choice.provider)
  if (!provider) throw invalid(`Unknown provider: ${choice.provider}`)
  const address = provider.title === 'Ollama' ? fields.ollama_base_url || fields.api_base : fields.api_base
  const [apiKey, baseUrl] = await Promise.all([
    providerKey(provider, fields.api_key, variables),
    providerUrl(provider, address, variables),
  ])
  return provider.create({
    apiKey,
    baseUrl,
    modelId: choice.name || (provider.models[0] ?? ''),
    dimensions: fields.dimensions,
    batchSize: fields.chunk_size,
    maxRetries: fields.max_retries,
    timeoutMs: fields.request_timeout === undefined ? undefined : fields.request_timeout * 1000,
    modelKwargs: fields.model_kwargs,
  })
}

/**
 * The embeddings an edge brings to a node.
 * @throws AppError `invalid_field` when there is none
 */
export function connectedEmbeddings(value: unknown): Embeddings {
  const given: unknown = Array.isArray(value) ? value[0] : value
  if (isEmbeddings(given)) return given
  throw invalid('Embeddings are missing. Connect an embedding model to this component.')
}

function choiceOf(value: unknown): Choice | undefined {
  if (typeof value === 'string') {
    const name = value.trim()
    return name === '' || name === BY_EDGE ? undefined : { name, provider: providerOfEmbeddings(name)?.title ?? '' }
  }
  if (!isObject(value)) return undefined
  const { name, provider } = value
  if (typeof name !== 'string' || name === '' || name === BY_EDGE) return undefined
  return { name, provider: typeof provider === 'string' ? provider : (providerOfEmbeddings(name)?.title ?? '') }
}

function overridden(choice: Choice | undefined, override: Choice): Choice | undefined {
  if (!override.name && !(override.provider && choice)) return choice
  const name = override.name || choice?.name || ''
  return { name, provider: override.provider || choice?.provider || (providerOfEmbeddings(name)?.title ?? '') }
}

/** The default the user has set, else the first model of the only provider there is a key for. */
async function defaultChoice(variables: RunContext['variables']): Promise<Choice | undefined> {
  const stored = defaultIn(await variables.get(DEFAULT_VARIABLE))
  if (stored) return stored
  const candidates = embeddingProviders.filter(({ keyVariable, models }) => keyVariable !== null && models.length > 0)
  const keys = await Promise.all(candidates.map(({ keyVariable }) => keyVariable && variables.get(keyVariable)))
  const [only, ...others] = candidates.filter((_, index) => keys[index])
  return only && others.length === 0 ? { name: '', provider: only.title } : undefined
}

function defaultIn(json: string | undefined): Choice | undefined {
  try {
    const value: unknown = JSON.parse(json ?? 'null')
    if (!isObject(value) || typeof value.model_name !== 'string' || value.model_name === '') return undefined
    const provider = typeof value.provider === 'string' ? value.provider : ''
    return { name: value.model_name, provider: provider || (providerOfEmbeddings(value.model_name)?.title ?? '') }
  } catch {
    throw invalid(`The variable ${DEFAULT_VARIABLE} is no JSON. Choose the default embedding model again.`)
  }
}

const invalid = (why: string): AppError => new AppError('invalid_field', [why])
