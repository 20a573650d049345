import type { TokenUsage } from '@runnel/protocol/message'
import type { ModelName } from '@runnel/sdk'

/** What the calls of one model came to. */
export interface ModelUsage extends ModelName {
  readonly calls: number
  readonly inputTokens: number
  readonly outputTokens: number
}

/** Adds a call to what was used before. */
export const addModelUsage = (
  used: readonly ModelUsage[] | undefined,
  { input_tokens, output_tokens }: TokenUsage,
  { provider, model }: ModelName,
): readonly ModelUsage[] =>
  mergeModelUsage(used, [{ provider, model, calls: 1, inputTokens: input_tokens, outputTokens: output_tokens }])

/** The sums of both, one for each model. */
export function mergeModelUsage(
  used: readonly ModelUsage[] = [],
  more: readonly ModelUsage[] = [],
): readonly ModelUsage[] {
  const sums = new Map(used.map((one) => [`${one.provider}:${one.model}`, one]))
  for (const one of more) {
    const key = `${one.provider}:${one.model}`
    const { calls = 0, inputTokens = 0, outputTokens = 0 } = sums.get(key) ?? {}
    sums.set(key, {
      provider: one.provider,
      model: one.model,
      calls: calls + one.calls,
      inputTokens: inputTokens + one.inputTokens,
      outputTokens: outputTokens + one.outputTokens,
    })
  }
  return [...sums.values()]
}
