import { isObject } from '@runnel/protocol/json'

/** How many tokens a provider says it has embedded, wherever its answer tells; 0 for those that do not say. */
export function embeddedTokens(answer: unknown): number {
  if (!isObject(answer)) return 0
  const usage = isObject(answer.usage) ? answer.usage : {}
  const meta = isObject(answer.meta) ? answer.meta : {}
  const billed = isObject(meta.billed_units) ? meta.billed_units : {}
  const told = [
    usage.prompt_tokens, // OpenAI and those that answer as it does
    usage.total_tokens,
    answer.prompt_eval_count, // Ollama
    answer.inputTextTokenCount, // Titan
    billed.input_tokens, // Cohere
  ]
  return told.find((count) => typeof count === 'number') ?? 0
}
