import type { NodeResult } from '@runnel/engine/node-result'
import type { Span } from '@runnel/engine/span-log'
import { costOf, type PriceOf } from '@runnel/models/model-prices'

/** A span as it is kept; `cost` in US dollars. */
export interface KeptSpan extends Span {
  readonly cost?: number
}

/** Characters of the spans of one run: those of a loop of a thousand rounds are not all kept. */
const MOST_CHARACTERS = 2_000_000

/** Prints what the nodes of one run did inside, as far as there is room. */
export function createSpanPrinter(priceOf: PriceOf) {
  let left = MOST_CHARACTERS
  const priced = (span: Span): KeptSpan => {
    const { model, usage } = span
    const price = span.kind === 'model' && model && usage ? priceOf(model) : undefined
    if (!price || !usage) return span
    const cost = costOf(price, { inputTokens: usage.input_tokens, outputTokens: usage.output_tokens }) / 1e9
    return { ...span, cost }
  }
  return {
    /** Null without spans, and when there is no room for them any more. */
    print({ spans, usedFrozenResult }: Pick<NodeResult, 'spans' | 'usedFrozenResult'>): string | null {
      if (!spans || usedFrozenResult || left <= 0) return null
      const text = JSON.stringify(spans.map(priced))
      left -= text.length
      return text
    },
  }
}
