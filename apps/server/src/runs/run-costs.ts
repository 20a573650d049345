import { type ModelUsage, mergeModelUsage } from '@runnel/engine/model-usage'
import type { NodeResult } from '@runnel/engine/node-result'
import { costOf, type PriceOf } from '@runnel/models/model-prices'
import type { RunContext } from '@runnel/sdk'
import type { ModelUsageRecord, RunRecord } from '@runnel/storage/run-records'

type UsedModels = Pick<NodeResult, 'models' | 'usage' | 'usedFrozenResult'>

/** Sums up what the model calls of one run cost, all amounts in billionths of a US dollar. */
export function createRunCosts(priceOf: PriceOf) {
  let used: readonly ModelUsage[] | undefined
  let cost: number | null = null
  let unpricedTokens = 0
  return {
    /** Counts a node's calls and answers what they cost; null when of none the price is known. */
    add(result: UsedModels): number | null {
      const { models, usage, usedFrozenResult } = result
      if (!usage || usedFrozenResult) return null
      const { cost: ofNode, priced } = costOfNode(priceOf, result)
      if (models) used = mergeModelUsage(used, models)
      if (ofNode !== null) cost = (cost ?? 0) + ofNode
      unpricedTokens += Math.max(0, usage.input_tokens + usage.output_tokens - priced)
      return ofNode
    },

    read: (): Pick<RunRecord, 'cost' | 'unpricedTokens'> => ({ cost, unpricedTokens }),

    /** The same by model, for the day of the run. */
    usage: ({ userId, flowId, at }: { readonly userId: string; readonly flowId: string; readonly at: number }) =>
      used?.map((one): ModelUsageRecord => {
        const price = priceOf(one)
        const day = new Date(at).toISOString().slice(0, 10)
        return { ...one, userId, flowId, day, cost: price ? costOf(price, one) : null }
      }) ?? [],
  }
}

/**
 * What the model calls of one node cost, in billionths of a US dollar, and for how many tokens that is; null when of none
 * the price is known.
 */
export function costOfNode(
  priceOf: PriceOf,
  { models, usage, usedFrozenResult }: UsedModels,
): { readonly cost: number | null; readonly priced: number } {
  // What comes from the cache was paid for by another run.
  if (!usage || usedFrozenResult) return { cost: null, priced: 0 }
  let cost: number | null = null
  let priced = 0
  for (const one of models ?? []) {
    const price = priceOf(one)
    if (!price) continue
    cost = (cost ?? 0) + costOf(price, one)
    priced += one.inputTokens + one.outputTokens
  }
  return { cost, priced }
}

/** Billionths of a US dollar as dollars. */
export const dollars = (cost: number | null): number | null => (cost === null ? null : cost / 1e9)

/** The cost beside the tokens of a build, in dollars; Langflow knows none, so that it is left out where there is none. */
export const costed = (cost: number | null): { readonly cost?: number } => (cost === null ? {} : { cost: cost / 1e9 })

/** What tokens cost by these prices, in US dollars. */
export const costIn =
  (priceOf: PriceOf): RunContext['costOf'] =>
  ({ input_tokens: inputTokens, output_tokens: outputTokens }, of) => {
    const price = priceOf(of)
    return price && costOf(price, { inputTokens, outputTokens }) / 1e9
  }
