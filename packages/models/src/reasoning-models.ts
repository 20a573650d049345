/** Models that think before they answer and take no temperature. */
const REASONING_MODELS: ReadonlySet<string> = new Set([
  'o1',
  'o1-mini',
  'o1-pro',
  'o3',
  'o3-mini',
  'o3-pro',
  'o4-mini',
  'o4-mini-high',
  'gpt-5',
  'gpt-5-mini',
  'gpt-5-nano',
  'gpt-5-chat-latest',
])

export const isReasoningModel = (modelId: string): boolean => REASONING_MODELS.has(modelId)
