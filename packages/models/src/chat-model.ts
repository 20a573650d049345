import { AppError } from '@runnel/protocol/errors'
import type { LanguageModel, ModelPart, ModelRequest, OnRetry } from '@runnel/sdk'
import { type Parts, readAnswer } from './answer-parts.ts'
import { type AttemptOptions, type Clock, realClock, withAttempts } from './attempts.ts'
import type { ProviderRequest } from './exchange.ts'
import { errorOf, faultOf } from './fault.ts'
import { type ModelLimits, modelLimits } from './limits.ts'
import { ask, createCall, type ProviderCall, type StreamAnswer, TakenDocument } from './transport.ts'

/** What every provider's model is made of. */
export interface ChatSettings {
  readonly apiKey: string
  readonly modelId: string
  /** Without `/chat/completions`; the provider's own unless given. */
  readonly baseUrl?: string | undefined
  /** Not sent to reasoning models. */
  readonly temperature?: number | undefined
  /** How likely tokens must be, all together, to be considered; from 0 to 1. */
  readonly topP?: number | undefined
  /** How many of the likeliest tokens are considered. */
  readonly topK?: number | undefined
  /** Tokens; 0 is none. */
  readonly maxTokens?: number | undefined
  readonly seed?: number | undefined
  /** The model thinks before it answers, whatever its name says. */
  readonly reasoning?: boolean | undefined
  /** More entries of the request's body. */
  readonly modelKwargs?: Readonly<Record<string, unknown>> | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** What only this provider takes, by its own names: a project, a region, a version of its API. */
  readonly options?: Readonly<Record<string, string>> | undefined
  /** Retries after the first try; never more than the limits allow. */
  readonly maxRetries?: number | undefined
  /** How long the provider may be silent, before the first byte and between two; the limits unless given. */
  readonly timeoutMs?: number | undefined
  readonly limits?: Partial<ModelLimits> | undefined
  readonly clock?: Clock | undefined
}

/** Reads answers of one form. */
export interface AnswerReader {
  /** The parts of a stream. Ends with a `finish` part. @throws Fault when it is cut off, or no such stream. */
  stream(answer: StreamAnswer, limits: ModelLimits): Parts
  /** The parts of a whole answer. @throws Fault when it is none. */
  document(json: string): readonly ModelPart[]
  /** Streams are lines of JSON: what begins with a brace is no document. */
  readonly streamsJson?: true
}

export interface Sending {
  readonly limits: ModelLimits
  readonly signal: AbortSignal
  /** Epoch milliseconds. */
  readonly now: number
  /** Merged into the JSON body. */
  readonly extraBody?: Readonly<Record<string, unknown>> | undefined
}

/** Asks a provider and gives the parts of its answer. */
export type Asking = (request: ModelRequest, sending: Sending) => Promise<Parts>

/** An SDK, or whoever else is given a `fetch`, sends the request and reads the answer. */
export const readBy =
  (send: (request: ModelRequest, sending: Sending & { readonly call: ProviderCall }) => Promise<Parts>): Asking =>
  async (request, sending) => {
    const call = createCall({ ...sending, stream: request.stream })
    try {
      return await send(request, { ...sending, call })
    } catch (error) {
      if (!(error instanceof TakenDocument)) throw error
      const headers = { 'content-type': 'application/json' }
      const fetch = async () => new Response(error.json, { headers })
      return send({ ...request, stream: false }, { ...sending, call: { fetch, failure: () => undefined } })
    }
  }

/** The request is only written; the answer is read here. */
export const readHere =
  (
    write: (request: ModelRequest, sending: Sending) => ProviderRequest | Promise<ProviderRequest>,
    reader: AnswerReader,
  ): Asking =>
  async (request, sending) => {
    const streamsJson = reader.streamsJson ?? false
    const written = await write(request, sending)
    const { stream, json } = await ask(written, { ...sending, stream: request.stream, streamsJson })
    return stream ? reader.stream(stream, sending.limits) : reader.document(json).values()
  }

export interface ChatModelOptions {
  readonly provider: string
  readonly settings: ChatSettings
  readonly asking: Asking
}

/** A model behind HTTP, with the limits, repeated attempts and errors that all providers have in common. */
export function chatModel({ provider, settings, asking }: ChatModelOptions): LanguageModel {
  const { modelId, apiKey: secret, clock = realClock, modelKwargs } = settings
  const extraBody = modelKwargs && Object.keys(modelKwargs).length > 0 ? modelKwargs : undefined

  /** The answer at its first part: a stream is not read further than that. */
  async function open(request: ModelRequest, limits: ModelLimits, signal: AbortSignal) {
    const parts = await asking(request, { limits, signal, now: clock.now(), extraBody })
    return { parts, first: await parts.next() }
  }

  async function begin(request: ModelRequest, signal: AbortSignal, onRetry: OnRetry | undefined) {
    signal.throwIfAborted()
    checkSettings(provider, settings)
    const limits = limitsOf(settings)
    const attempts: AttemptOptions = { provider, secret, limits, clock, signal, onRetry }
    return withAttempts(() => open(request, limits, signal), attempts)
  }

  const respond: LanguageModel['respond'] = (request, signal, onRetry) =>
    readAnswer({
      begin: () => begin(request, signal, onRetry),
      secret,
      explain(error) {
        if (signal.aborted) return signal.reason
        const fault = faultOf(error)
        return fault ? errorOf(fault, { provider, secret }) : error
      },
    })

  return { kind: 'language-model', provider, model: modelId, settings: shownSettings(settings), respond }
}

/** The settings that shape an answer, as users name them. */
const shownSettings = ({ temperature, topP, topK, maxTokens, seed, baseUrl }: ChatSettings) => ({
  ...(temperature !== undefined && { temperature }),
  ...(topP !== undefined && { top_p: topP }),
  ...(topK !== undefined && { top_k: topK }),
  ...(maxTokens && { max_tokens: maxTokens }),
  ...(seed !== undefined && { seed }),
  ...(baseUrl && { base_url: withoutLogin(baseUrl) }),
})

/** An address without what stands before its `@`, and without its query. */
function withoutLogin(address: string): string {
  const url = URL.parse(address)
  return url ? `${url.origin}${url.pathname}` : ''
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
