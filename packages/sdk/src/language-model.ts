import type { TokenUsage } from '@runnel/protocol/message'
import type { AddUsage, SpansPort } from './spans.ts'

export type ModelContent =
  | { readonly type: 'text'; readonly text: string }
  /** `data` is base64 without a prefix, or an https address. */
  | { readonly type: 'image'; readonly data: string; readonly mediaType: string }

export interface ModelToolCall {
  readonly id: string
  readonly name: string
  readonly input: unknown
}

/** One turn of a conversation as a model is given it. */
export type ModelMessage =
  | { readonly role: 'system'; readonly content: string }
  | { readonly role: 'user'; readonly content: readonly ModelContent[] }
  | { readonly role: 'assistant'; readonly content: string; readonly toolCalls?: readonly ModelToolCall[] }
  | { readonly role: 'tool'; readonly callId: string; readonly name: string; readonly output: string }

export interface ModelTool {
  readonly name: string
  readonly description: string
  /** JSON Schema of the arguments, an object. */
  readonly inputSchema: Readonly<Record<string, unknown>>
}

export interface ModelRequest {
  readonly messages: readonly ModelMessage[]
  /** Ask the provider for its streaming form; the parts come as they arrive. */
  readonly stream: boolean
  readonly tools?: readonly ModelTool[]
  /** `required` forces some tool, a name forces that tool. */
  readonly toolChoice?: 'auto' | 'none' | 'required' | { readonly name: string }
  /** Asks for JSON; with a schema, for JSON that fits it. */
  readonly json?: {
    readonly name?: string
    readonly schema?: Readonly<Record<string, unknown>>
    /** The provider must keep to the schema to the letter, where it can. */
    readonly strict?: boolean
  }
}

export type ModelPart =
  | { readonly type: 'text-delta'; readonly text: string }
  | { readonly type: 'reasoning-delta'; readonly text: string }
  | { readonly type: 'tool-call'; readonly call: ModelToolCall }
  | { readonly type: 'finish'; readonly reason: string; readonly usage: TokenUsage | null }

/** Told of each attempt that failed and is made again, with what went wrong. */
export type OnRetry = (why: string) => void

/**
 * A chat model, ready to be asked. Travels along `LanguageModel` edges.
 * `respond` throws AppError `model_error`, `model_rate_limited` or `model_timeout`; aborting the signal closes the
 * connection to the provider.
 */
export interface LanguageModel {
  readonly kind: 'language-model'
  /** The provider as users name it, `OpenAI`. */
  readonly provider: string
  readonly model: string
  /** What it is asked with besides the messages: `temperature`, `max_tokens`. */
  readonly settings?: Readonly<Record<string, unknown>>
  respond(request: ModelRequest, signal: AbortSignal, onRetry?: OnRetry): AsyncIterable<ModelPart>
}

export const isLanguageModel = (value: unknown): value is LanguageModel =>
  typeof value === 'object' &&
  value !== null &&
  (value as { kind?: unknown }).kind === 'language-model' &&
  'respond' in value

/** A text to be found later, unless it is what is looked for. */
export type EmbeddingPurpose = 'document' | 'query'

export interface EmbeddingRequest {
  /** Some models embed what is searched for unlike what is searched; a document unless given. */
  readonly purpose?: EmbeddingPurpose | undefined
  /** Told the tokens that were embedded, as far as the provider says. */
  readonly addUsage?: AddUsage | undefined
}

/** Turns texts into vectors. Travels along `Embeddings` edges. */
export interface Embeddings {
  readonly kind: 'embeddings'
  readonly provider: string
  readonly model: string
  /**
   * One vector per text, in order.
   * @throws AppError `model_error`, `model_rate_limited` or `model_timeout`
   */
  embed(
    texts: readonly string[],
    signal: AbortSignal,
    request?: EmbeddingRequest,
  ): Promise<readonly (readonly number[])[]>
}

export const isEmbeddings = (value: unknown): value is Embeddings =>
  typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'embeddings' && 'embed' in value

/** What a tool that is called tells its caller: the tokens of its models, and what it does inside. */
export interface ToolCaller {
  readonly addUsage: AddUsage
  readonly spans: SpansPort
}

/** Something an agent can call. Travels along `Tool` edges, in lists. */
export interface Tool extends ModelTool {
  readonly kind: 'tool'
  /** The node it belongs to, if any. */
  readonly nodeId?: string
  /** The name before the user's renaming, and other names rows of `tools_metadata` know it by. */
  readonly tags: readonly string[]
  /**
   * Runs the tool; a failure is thrown and its message is what the model is told. The caller hears of the tokens that
   * models of the tool use, also by a call that fails.
   */
  call(input: Readonly<Record<string, unknown>>, signal: AbortSignal, caller?: ToolCaller): Promise<unknown>
}

export const isTool = (value: unknown): value is Tool =>
  typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'tool' && 'call' in value
