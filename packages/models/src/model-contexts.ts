/**
 * How many tokens of input and output a model keeps in mind, by what its name begins with; the first that fits counts.
 * As its provider says of it without a special tariff. What is not known is left out: no number is better than a wrong one.
 */
const CONTEXTS: readonly (readonly [name: RegExp, tokens: number])[] = [
  [/^gpt-5(\.\d)?-chat/, 128_000],
  [/^gpt-5(-mini|-nano|-pro)?$|^gpt-5\.[12]/, 400_000],
  [/^gpt-4\.1/, 1_047_576],
  [/^gpt-4(o|-turbo)/, 128_000],
  [/^gpt-4$/, 8192],
  [/^gpt-3\.5-turbo$/, 16_385],
  [/^(o1|o3|o3-mini|o3-pro|o4-mini)$/, 200_000],
  [/^claude-(3|(opus|sonnet|haiku)-4)/, 200_000],
  [/^gemini-1\.5-pro/, 2_097_152],
  [/^gemini-(1\.5-flash|2\.0-flash|2\.5-(pro|flash))/, 1_048_576],
  [/llama-3\.[13]/i, 131_072],
]

/** Tokens; undefined for a model that is not known. A provider before the name, as in `openai/gpt-4o`, is passed over. */
export const contextOf = (name: string): number | undefined =>
  CONTEXTS.find(([pattern]) => pattern.test(name.replace(/^(openai|anthropic|google)\//, '')))?.[1]
