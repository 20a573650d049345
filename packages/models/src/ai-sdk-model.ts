import type { LanguageModelV4, LanguageModelV4CallOptions } from '@ai-sdk/provider'
import { AppError } from '@runnel/protocol/errors'
import type { LanguageModel, ModelPart, ModelRequest } from '@runnel/sdk'
import { callOptionsOf } from './ai-sdk-prompt.ts'
import { partsOfResult, readSdkStream } from './ai-sdk-stream.ts'
import { type Parts, readAnswer } from './answer-parts.ts'
import { type AttemptOptions, type Clock, realClock, withAttempts } from './attempts.ts'
import { readChatChunks } from './chat-chunks.ts'
import { partsOfCompletion } from './chat-completion.ts'
import { errorOf, faultOf, redact } from './fault.ts'
import { type ModelLimits, modelLimits } from './limits.ts'
import { createCall, TakenDocument, TakenStream } from './transport.ts'

/** What every provider's model is made of. */
export interface ChatSettings {
  readonly apiKey: string
  readonly modelId: string
  /** Without `/chat/completions`; the provider's own unless given. */
  readonly baseUrl?: string | undefined
  /** Not sent to reasoning models. */
  readonly temperature?: number | undefined
  /** Tokens; 0 is none. */
  readonly maxTokens?: number | undefined
  readonly seed?: number | undefined
  /** The model thinks before it answers, whatever its name says. */
  readonly reasoning?: boolean | undefined
  /** More entries of the request's body. */
  readonly modelKwargs?: Readonly<Record<string, unknown>> | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Retries after the first try; never more than the limits allow. */
  readonly maxRetries?: number | undefined
  /** How long the provider may be silent, before the first byte and between two; the limits unless given. */
  readonly timeoutMs?: number | undefined
  readonly limits?: Partial<ModelLimits> | undefined
  readonly clock?: Clock | undefined
}

export interface AiSdkModelOptions {
  readonly provider: string
  readonly settings: ChatSettings
  /** Makes the SDK's model object, importing its package on first use. */
  readonly load: (fetch: typeof globalThis.fetch) => Promise<LanguageModelV4>
  /** Options of this provider, added to those of each request. */
  readonly options: Partial<LanguageModelV4CallOptions>
  /** The provider answers as OpenAI's chat completions do: the SDK writes the request, the answer is read here. */
  readonly speaksChatCompletions?: boolean
}

/** A LanguageModel that asks through a model object of the AI SDK: the specification's V4, without its `generateText`. */
export function aiSdkModel({
  provider,
  settings,
  load,
  options,
  speaksChatCompletions = false,
}: AiSdkModelOptions): LanguageModel {
  const { modelId, apiKey: secret, clock = realClock, modelKwargs } = settings
  const extraBody = modelKwargs && Object.keys(modelKwargs).length > 0 ? modelKwargs : undefined

  /** The answer at its first part: a stream is not read further than that. */
  async function open(call: LanguageModelV4CallOptions, stream: boolean, limits: ModelLimits, signal: AbortSignal) {
    const sent = createCall({ limits, signal, stream, takes: speaksChatCompletions, extraBody })
    let parts: Parts
    try {
      const model = await load(sent.fetch)
      if (stream) parts = readSdkStream((await model.doStream(call)).stream, sent)
      else parts = partsOfResult(await model.doGenerate(call)).values()
    } catch (error) {
      if (error instanceof TakenStream) parts = readChatChunks(error.stream, limits)
      else if (error instanceof TakenDocument) parts = await partsOfDocument(error.json, call)
      else throw error
    }
    return { parts, first: await parts.next() }
  }

  async function partsOfDocument(json: string, call: LanguageModelV4CallOptions) {
    if (speaksChatCompletions) return partsOfCompletion(json).values()
    const model = await load(async () => new Response(json, { headers: { 'content-type': 'application/json' } }))
    return partsOfResult(await model.doGenerate(call)).values()
  }

  async function begin(request: ModelRequest, signal: AbortSignal) {
    signal.throwIfAborted()
    checkSettings(provider, settings)
    const limits = limitsOf(settings)
    const attempts: AttemptOptions = { provider, secret, limits, clock, signal }
    const call: LanguageModelV4CallOptions = {
      ...callOptionsOf(request, { argumentsAsText: speaksChatCompletions }),
      ...options,
      ...(request.json?.strict && { providerOptions: strictly(options.providerOptions) }),
      ...(settings.headers && { headers: settings.headers }),
      abortSignal: signal,
    }
    return withAttempts(() => open(call, request.stream, limits, signal), attempts)
  }

  const respond = (request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelPart> =>
    readAnswer({
      begin: () => begin(request, signal),
      show: (part) => clean(part, secret),
      explain(error) {
        if (signal.aborted) return signal.reason
        const fault = faultOf(error)
        return fault ? errorOf(fault, { provider, secret }) : error
      },
    })

  return { kind: 'language-model', provider, model: modelId, respond }
}

/** The options with the schema of an answer made binding. */
const strictly = (options: LanguageModelV4CallOptions['providerOptions'] = {}) =>
  Object.fromEntries(Object.entries(options).map(([name, entries]) => [name, { ...entries, strictJsonSchema: true }]))

/** A provider that repeats our key in an answer must not show it to the user. */
function clean(part: ModelPart, secret: string): ModelPart {
  if (part.type !== 'text-delta' && part.type !== 'reasoning-delta') return part
  const text = redact(part.text, secret)
  return text === part.text ? part : { ...part, text }
}

/** The limits of one call: the operator's, with what its settings ask for. */
export function limitsOf({
  limits,
  timeoutMs,
  maxRetries,
}: Pick<ChatSettings, 'limits' | 'timeoutMs' | 'maxRetries'>): ModelLimits {
  const base = { ...modelLimits(), ...limits }
  return {
    ...base,
    ...(timeoutMs !== undefined && timeoutMs > 0 && { firstByteMs: timeoutMs, idleMs: timeoutMs }),
    ...(maxRetries !== undefined && { attempts: Math.max(1, Math.min(base.attempts, maxRetries + 1)) }),
  }
}

/** @throws AppError `model_error` for settings no request can be made of */
export function checkSettings(
  provider: string,
  { apiKey, baseUrl, modelId }: Pick<ChatSettings, 'apiKey' | 'baseUrl' | 'modelId'>,
): void {
  if (modelId === '') throw new AppError('model_error', [`No model is chosen for ${provider}. Enter a model name.`])
  // A header carries visible ASCII only; the usual cause is a key pasted with a line break or a typographic mark.
  if (!/^[\x20-\x7e]*$/.test(apiKey)) {
    throw new AppError('model_error', [`The API key of ${provider} holds characters no key has. Paste it again.`])
  }
  if (baseUrl && !/^https?:$/.test(URL.parse(baseUrl)?.protocol ?? '')) {
    throw new AppError('model_error', [`The base URL of ${provider} is no http or https address.`])
  }
}
