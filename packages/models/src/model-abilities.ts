import { contextOf } from './model-contexts.ts'
import { isReasoningModel } from './reasoning-models.ts'

/** What people want to know of a model before they choose it. */
export interface ModelAbilities {
  /** It reads pictures. */
  readonly vision: boolean
  /** It can be told of tools, and calls them. */
  readonly tools: boolean
  /** It thinks before it answers. */
  readonly thinking: boolean
  /** Its provider has replaced it, and will switch it off or has done so. */
  readonly deprecated: boolean
  /** Tokens of input and output it keeps in mind; undefined where that is not known. */
  readonly context: number | undefined
}

const VISION =
  /^(gpt-4o|gpt-4\.1|gpt-4-turbo$|gpt-5|o1$|o3$|o3-pro|o4-mini|gemini-|grok-4|openai\/gpt-4)|claude-(3|opus|sonnet|haiku)|llama-4|nova-(pro|lite)|^mistral-(small|medium|large)-latest/
/** Models of searching and of conversation alone, and small ones of old. */
const NO_TOOLS = /^(sonar|sabia-2|gpt-5-chat)|gemma2|QwQ|Mistral-7B|Mixtral-8x7B/
const THINKING =
  /reasoner|reasoning|^gpt-5|gemini-(2\.5|3)|claude-(opus|sonnet|haiku)-4|claude-3-7|QwQ|gpt-oss|grok-(3-mini|4)/
const DEPRECATED =
  /^(gpt-4|gpt-4-turbo|gpt-4-turbo-preview|gpt-3\.5-turbo)$|claude-3-(opus|haiku|5)|claude-3-7|^gemini-(1\.5|2\.0)|^grok-2|^open-mixtral|mixtral-8x22b|mistral-large-2407|^sabia-2|gemma2|Mistral-7B|Mixtral-8x7B/i

/** What is known of a model by its name; names change seldom, and what is not known is left open. */
export const abilitiesOf = (name: string): ModelAbilities => ({
  vision: VISION.test(name),
  tools: !NO_TOOLS.test(name),
  thinking: isReasoningModel(name) || THINKING.test(name),
  deprecated: DEPRECATED.test(name),
  context: contextOf(name),
})

const EMBEDDING = /embed|^(bge|e5|gte)-|\/(bge|e5|gte)-|all-minilm|sentence-transformers\//i
const OTHER = /whisper|(^|-)tts|dall-e|image|moderation|rerank|transcribe|realtime|-audio|sora|babbage|davinci|veo|aqa/i

/** What a model of this name does: those that make pictures, sounds or verdicts are of no use in a chat. */
export const purposeOf = (name: string): 'language' | 'embeddings' | 'other' =>
  EMBEDDING.test(name) ? 'embeddings' : OTHER.test(name) ? 'other' : 'language'
