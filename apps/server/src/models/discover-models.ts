import { providerSettings } from '@runnel/components/shared/provider-access'
import { listModels } from '@runnel/models/list-models'
import { abilitiesOf, purposeOf } from '@runnel/models/model-abilities'
import type { ChatProvider } from '@runnel/models/provider-catalogue'
import { AppError } from '@runnel/protocol/errors'
import type { JsonObject } from '@runnel/protocol/json'
import type { RunContext } from '@runnel/sdk'
import { abilityMetadata } from './ability-metadata.ts'

/** What a provider has, or why it does not tell. */
export interface Discovery {
  readonly models: readonly { readonly model_name: string; readonly metadata: JsonObject }[]
  readonly error: string | null
}

/** The names a provider gives. @throws AppError `invalid_field` without its key, or what went wrong at the provider */
export async function namesOf(
  provider: ChatProvider,
  variables: RunContext['variables'],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { listing, title } = provider
  if (!listing) return []
  const { apiKey, baseUrl } = await providerSettings(provider, {}, variables)
  const server = { provider: title, speaks: listing.speaks, baseUrl: listing.addressOf(baseUrl), apiKey }
  return listModels(server, signal)
}

/** The models of a provider that flows have a use for, by name. */
export async function discoverModels(
  provider: ChatProvider,
  variables: RunContext['variables'],
  signal: AbortSignal,
): Promise<Discovery> {
  try {
    const names = [...new Set(await namesOf(provider, variables, signal))].sort()
    const models = names.flatMap((model_name) => {
      const model_type = purposeOf(model_name)
      if (model_type === 'other') return []
      const abilities = model_type === 'language' ? abilityMetadata(abilitiesOf(model_name)) : {}
      return [{ model_name, metadata: { model_type, ...abilities } }]
    })
    return { models, error: null }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { models: [], error: error.message }
  }
}
