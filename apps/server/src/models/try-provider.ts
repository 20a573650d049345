import { providerSettings } from '@runnel/components/shared/provider-access'
import type { ChatProvider } from '@runnel/models/provider-catalogue'
import { AppError } from '@runnel/protocol/errors'
import type { RunContext } from '@runnel/sdk'
import { namesOf } from './discover-models.ts'

export interface ProviderTrial {
  readonly valid: boolean
  readonly error: string | null
}

const TIMEOUT_MS = 10_000
/** As few as all providers accept. */
const MAX_TOKENS = 16

/**
 * Asks a provider for a few tokens, with what the variables hold. One without known models is asked which it has; one
 * that does not tell is only looked at: has it what it needs?
 */
export async function tryProvider(
  provider: ChatProvider,
  variables: RunContext['variables'],
  signal: AbortSignal,
): Promise<ProviderTrial> {
  try {
    const settings = await providerSettings(provider, {}, variables)
    const [modelId] = provider.models
    if (modelId === undefined) {
      if (provider.listing) await namesOf(provider, variables, signal)
      return { valid: true, error: null }
    }
    const limits = { maxTokens: MAX_TOKENS, maxRetries: 0, timeoutMs: TIMEOUT_MS }
    const model = provider.create({ ...settings, modelId, ...limits })
    const messages = [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }] as const
    // Reads to the end, so that a failure in the middle counts.
    for await (const _ of model.respond({ messages, stream: false }, signal));
    return { valid: true, error: null }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { valid: false, error: error.message }
  }
}
