import type { ChatSettings } from '@runnel/models/chat-model'
import type { ChatProvider } from '@runnel/models/provider-catalogue'
import { AppError } from '@runnel/protocol/errors'
import type { RunContext } from '@runnel/sdk'

type Variables = RunContext['variables']

/** What must be known of a provider to reach it, of chat models or of embeddings. */
export type ProviderAccess = Pick<
  ChatProvider,
  'title' | 'keyVariable' | 'keyOptional' | 'baseUrlVariables' | 'baseUrlRequired' | 'headerVariables'
>

/** Stands for the key of a server that wants none. */
const NO_KEY = 'EMPTY'
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/
const CONSTANT = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/

/**
 * The key for a provider: what the node's field names or holds, else the provider's variable.
 * @throws AppError `invalid_field` when there is none and one is needed.
 */
export async function providerKey(
  { title, keyVariable, keyOptional }: ProviderAccess,
  typed: string | undefined,
  variables: Variables,
): Promise<string> {
  const key = (await typedKey(typed?.trim() ?? '', variables)) || (keyVariable && (await variables.get(keyVariable)))
  if (key) return key.trim()
  if (keyOptional) return keyVariable === null ? '' : NO_KEY
  throw new AppError('invalid_field', [
    `${title} API key is required when using ${title} provider. Please provide it in the component or configure it globally as ${keyVariable}.`,
  ])
}

/** A variable's name gives its value. A NAME_LIKE_THIS without a value is a variable that is gone, never a key. */
async function typedKey(typed: string, variables: Variables): Promise<string> {
  if (!IDENTIFIER.test(typed)) return typed
  return (await variables.get(typed)) || (CONSTANT.test(typed) ? '' : typed)
}

/**
 * The address for a provider: the node's field, else the provider's variables; undefined for the provider's own.
 * @throws AppError `invalid_field` when there is none and the provider has none of its own.
 */
export async function providerUrl(
  { title, baseUrlVariables, baseUrlRequired }: ProviderAccess,
  typed: string | undefined,
  variables: Variables,
): Promise<string | undefined> {
  const field = typed?.trim() ?? ''
  if (field !== '') return IDENTIFIER.test(field) ? ((await variables.get(field)) ?? field) : field
  for (const name of baseUrlVariables) {
    const value = (await variables.get(name))?.trim()
    if (value) return value
  }
  if (!baseUrlRequired) return undefined
  throw new AppError('invalid_field', [
    `A base URL is required when using ${title} provider. Configure it globally as ${baseUrlVariables.join(' or ')}.`,
  ])
}

/** The entries whose variable is set, by their other name. */
async function valueOfVariables(
  names: Readonly<Record<string, string>>,
  variables: Variables,
): Promise<Readonly<Record<string, string>>> {
  const found = await Promise.all(
    Object.entries(names).map(async ([key, name]) => [key, (await variables.get(name)) ?? ''] as const),
  )
  return Object.fromEntries(found.filter(([, value]) => value !== ''))
}

/** What a node says of the provider it asks; what it leaves out, variables say. */
export interface ProviderFields {
  readonly apiKey?: string | undefined
  readonly baseUrl?: string | undefined
  /** Settings only this provider takes; empty ones count as left out. */
  readonly options?: Readonly<Record<string, string | undefined>> | undefined
}

/**
 * How a provider is reached: key, address, headers and options.
 * @throws AppError `invalid_field` when a key or an address is missing.
 */
export async function providerSettings(
  provider: ChatProvider,
  { apiKey, baseUrl, options = {} }: ProviderFields,
  variables: Variables,
): Promise<Pick<ChatSettings, 'apiKey' | 'baseUrl' | 'headers' | 'options'>> {
  const given = Object.entries(options).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : []))
  const [key, address, headers, known] = await Promise.all([
    providerKey(provider, apiKey, variables),
    providerUrl(provider, baseUrl, variables),
    valueOfVariables(provider.headerVariables, variables),
    valueOfVariables(provider.optionVariables, variables),
  ])
  return { apiKey: key, baseUrl: address, headers, options: { ...known, ...Object.fromEntries(given) } }
}
