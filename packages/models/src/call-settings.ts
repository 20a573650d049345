import type { LanguageModelV4CallOptions } from '@ai-sdk/provider'
import type { ChatSettings } from './chat-model.ts'
import { isReasoningModel } from './reasoning-models.ts'

/** The settings every provider takes, as options of a call: what is unset or makes no sense for the model is left out. */
export function callSettings({
  modelId,
  temperature,
  topP,
  topK,
  maxTokens,
  seed,
  reasoning,
}: ChatSettings): Partial<LanguageModelV4CallOptions> {
  const isReasoning = reasoning ?? isReasoningModel(modelId)
  return {
    ...(temperature !== undefined && !isReasoning && { temperature }),
    ...(topP !== undefined && !isReasoning && { topP }),
    ...(topK !== undefined && !isReasoning && { topK }),
    ...(maxTokens !== undefined && maxTokens >= 1 && { maxOutputTokens: maxTokens }),
    ...(seed !== undefined && !isReasoning && { seed }),
  }
}
