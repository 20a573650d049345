/** US dollars for a million tokens. */
export interface ModelPrice {
  readonly input: number
  readonly output: number
}

type Prices = Readonly<Record<string, readonly [input: number, output: number]>>

/**
 * List prices in US dollars for a million tokens of input and output, without discounts for cached or batched requests.
 * Each group says what it was compared with and when. A provider may have changed its prices since: look there before
 * you bill anybody. Where very long prompts cost more, it is the price of the others. Models whose price depends on a
 * contract or one's own hardware are left out: no price is better than a wrong one. `RUNNEL_MODEL_PRICES` adds to
 * these and replaces them.
 */
const PRICES: Readonly<Record<string, Prices>> = {
  // developers.openai.com/api/docs/pricing, as quoted by several price lists of March to June 2026.
  // Nothing was found on gpt-5.2, gpt-5.2-pro, gpt-4, o3-pro and gpt-5-chat-latest, which are as known in January 2026.
  OpenAI: {
    'gpt-4o': [2.5, 10],
    'gpt-4o-mini': [0.15, 0.6],
    'gpt-4.1': [2, 8],
    'gpt-4.1-mini': [0.4, 1.6],
    'gpt-4.1-nano': [0.1, 0.4],
    'gpt-4-turbo': [10, 30],
    'gpt-4-turbo-preview': [10, 30],
    'gpt-4': [30, 60],
    'gpt-3.5-turbo': [0.5, 1.5],
    'gpt-5': [1.25, 10],
    'gpt-5-mini': [0.25, 2],
    'gpt-5-nano': [0.05, 0.4],
    'gpt-5-chat-latest': [1.25, 10],
    'gpt-5-pro': [15, 120],
    'gpt-5.1': [1.25, 10],
    'gpt-5.4': [2.5, 15],
    'gpt-5.4-mini': [0.75, 4.5],
    'gpt-5.2': [1.75, 14],
    'gpt-5.2-pro': [21, 168],
    o1: [15, 60],
    o3: [2, 8],
    'o3-pro': [20, 80],
    'o3-mini': [1.1, 4.4],
    'o4-mini': [1.1, 4.4],
    'text-embedding-3-small': [0.02, 0],
    'text-embedding-3-large': [0.13, 0],
    'text-embedding-ada-002': [0.1, 0],
  },
  // platform.claude.com/docs/en/about-claude/pricing and the page of each model from Opus 5 on, as of October 2026.
  Anthropic: {
    'claude-opus-5-5': [4, 20],
    'claude-opus-5': [5, 25],
    'claude-opus-4-6': [5, 25],
    'claude-opus-4-5': [5, 25],
    'claude-opus-4-1': [15, 75],
    'claude-opus-4': [15, 75],
    'claude-sonnet-5-5': [2, 10],
    'claude-sonnet-5': [2, 10],
    'claude-sonnet-4-6': [3, 15],
    'claude-sonnet-4-5': [3, 15],
    'claude-sonnet-4': [3, 15],
    'claude-haiku-4-5': [1, 5],
    'claude-3-7-sonnet': [3, 15],
    'claude-3-5-sonnet': [3, 15],
    'claude-3-5-haiku': [0.8, 4],
    'claude-3-opus': [15, 75],
    'claude-3-haiku': [0.25, 1.25],
  },
  // ai.google.dev/gemini-api/docs/pricing as known in January 2026; nothing newer was found on these models.
  'Google Generative AI': {
    'gemini-2.5-pro': [1.25, 10],
    'gemini-2.5-flash': [0.3, 2.5],
    'gemini-2.5-flash-lite': [0.1, 0.4],
    'gemini-2.0-flash': [0.1, 0.4],
    'gemini-2.0-flash-lite': [0.075, 0.3],
    'gemini-embedding-001': [0.15, 0],
  },
  // console.groq.com/docs/models, as quoted by price lists of 2026.
  Groq: {
    'llama-3.3-70b-versatile': [0.59, 0.79],
    'llama-3.1-8b-instant': [0.05, 0.08],
    'meta-llama/llama-4-scout-17b-16e-instruct': [0.11, 0.34],
    'meta-llama/llama-4-maverick-17b-128e-instruct': [0.2, 0.6],
    'openai/gpt-oss-120b': [0.15, 0.6],
    'openai/gpt-oss-20b': [0.075, 0.3],
  },
  // api-docs.deepseek.com/quick_start/pricing as quoted in December 2025, without a hit of the cache. The names have meant
  // other models since, whose price was not found.
  DeepSeek: { 'deepseek-chat': [0.28, 0.42], 'deepseek-reasoner': [0.28, 0.42] },
  // docs.x.ai/developers/models, as quoted by price lists of 2026.
  xAI: {
    'grok-3': [3, 15],
    'grok-3-mini': [0.3, 0.5],
    'grok-4': [3, 15],
    'grok-4-fast-reasoning': [0.2, 0.5],
    'grok-4-fast-non-reasoning': [0.2, 0.5],
    'grok-4-1-fast-reasoning': [0.2, 0.5],
    'grok-4-1-fast-non-reasoning': [0.2, 0.5],
    'grok-4.3': [1.25, 2.5],
  },
  // mistral.ai/pricing, as quoted by price lists of 2025 and 2026; what `latest` names may cost something else by now.
  Mistral: {
    'mistral-small-latest': [0.1, 0.3],
    'mistral-medium-latest': [0.4, 2],
    'mistral-large-latest': [0.5, 1.5],
    'codestral-latest': [0.3, 0.9],
    'mistral-embed': [0.1, 0],
  },
  // cohere.com/pricing: Command R on 11 November 2026, the others as quoted in June 2026, for customers who have them.
  Cohere: {
    'command-a-03-2025': [2.5, 10],
    'command-r-plus-08-2024': [2.5, 10],
    'command-r-08-2024': [0.15, 0.6],
    'command-r7b-12-2024': [0.0375, 0.15],
  },
  // The price list of us-east-1, as quoted by price lists of 2026: Nova and Claude. Llama is as known in January 2026.
  'Amazon Bedrock': {
    'anthropic.claude-3-5-sonnet-20241022-v2:0': [3, 15],
    'anthropic.claude-3-5-haiku-20241022-v1:0': [0.8, 4],
    'us.anthropic.claude-sonnet-4-20250514-v1:0': [3, 15],
    'us.anthropic.claude-3-7-sonnet-20250219-v1:0': [3, 15],
    'amazon.nova-pro-v1:0': [0.8, 3.2],
    'amazon.nova-lite-v1:0': [0.06, 0.24],
    'amazon.nova-micro-v1:0': [0.035, 0.14],
    'meta.llama3-1-70b-instruct-v1:0': [0.72, 0.72],
  },
  // docs.voyageai.com/docs/pricing, as quoted by price lists of 2026.
  VoyageAI: {
    'voyage-4-large': [0.12, 0],
    'voyage-4-lite': [0.02, 0],
    'voyage-3-large': [0.18, 0],
    'voyage-3.5': [0.06, 0],
    'voyage-3.5-lite': [0.02, 0],
  },
}

/** Prices by `provider:model`; with `provider:*` for all other models of a provider. */
export type PriceChanges = ReadonlyMap<string, ModelPrice>

/** What a model costs; undefined when that is not known. */
export type PriceOf = (of: { readonly provider: string; readonly model: string }) => ModelPrice | undefined

/** The prices above with an operator's own. A dated version of a model costs what the model costs. */
export function modelPrices(changes: PriceChanges = new Map()): PriceOf {
  return ({ provider, model }) => {
    const names = [model, withoutDate(model)]
    const own = names.map((name) => changes.get(`${provider}:${name}`)).find(Boolean) ?? changes.get(`${provider}:*`)
    if (own) return own
    const listed = PRICES[provider] ?? {}
    const price = names.map((name) => (Object.hasOwn(listed, name) ? listed[name] : undefined)).find(Boolean)
    return price && { input: price[0], output: price[1] }
  }
}

/** `gpt-4o-2024-08-06` and `claude-sonnet-4-5-20250929` are versions of `gpt-4o` and `claude-sonnet-4-5`. */
const withoutDate = (model: string): string => model.replace(/-(\d{4}-\d{2}-\d{2}|\d{8}|latest)$/, '')

/**
 * What tokens cost, in billionths of a US dollar, rounded to one: sums of many calls stay exact.
 */
export const costOf = (
  { input, output }: ModelPrice,
  { inputTokens, outputTokens }: { readonly inputTokens: number; readonly outputTokens: number },
): number => Math.round((inputTokens * input + outputTokens * output) * 1000)
