import type { LanguageModelV4CallOptions } from '@ai-sdk/provider'
import type { ChatSettings } from './chat-model.ts'
import { isReasoningModel } from './reasoning-models.ts'

/** The settings every provider takes, as options of a call: what is unset or makes no sense for the model is left out. */
export function callSettings({
  modelId,
  temperature,
  maxTokens,
  seed,
  reasoning,
}: ChatSettings): Partial<LanguageModelV4CallOptions> {
  const isReasoning = reasoning ?? isReasoningModel(modelId)
  return {
    ...(temperature !== undefined && !isReasoning && { temperature }),
    ...(maxTokens !== undefined && maxTokens >= 1 && { maxOutputTokens: maxTokens }),
    ...(seed !== undefined && !isReasoning && { seed }),
  }
}
