import type { LanguageModelV4, LanguageModelV4CallOptions } from '@ai-sdk/provider'
import type { LanguageModel, ModelRequest } from '@runnel/sdk'
import { callOptionsOf } from './ai-sdk-prompt.ts'
import { partsOfResult, readSdkStream } from './ai-sdk-stream.ts'
import { readChatChunks } from './chat-chunks.ts'
import { partsOfCompletion } from './chat-completion.ts'
import { type AnswerReader, type ChatSettings, chatModel, readBy, readHere, type Sending } from './chat-model.ts'
import { continuing } from './continued-request.ts'
import { fillingIn } from './request-templates.ts'
import { namingSchemaFirst } from './schema-request.ts'
import { writtenBy } from './transport.ts'

export interface AiSdkModelOptions {
  readonly provider: string
  readonly settings: ChatSettings
  /** Makes the SDK's model object, importing its package on first use. */
  readonly load: (fetch: typeof globalThis.fetch, sending: Sending) => Promise<LanguageModelV4>
  /** Options of this provider, added to those of each request. */
  readonly options: Partial<LanguageModelV4CallOptions>
  /** Under which name this provider's package takes its options: it is told whether a schema of an answer is binding. */
  readonly namespace?: string
  /** The provider answers as OpenAI's chat completions do: the SDK writes the request, the answer is read here. */
  readonly speaksChatCompletions?: boolean
  /** The headers of one request do for the next. */
  readonly hasLastingKey?: boolean
}

const chatCompletions: AnswerReader = { stream: readChatChunks, document: partsOfCompletion }

/** A LanguageModel that asks through a model object of the AI SDK: the specification's V4, without its `generateText`. */
export function aiSdkModel({
  provider,
  settings,
  load,
  options,
  namespace,
  speaksChatCompletions = false,
  hasLastingKey = false,
}: AiSdkModelOptions): LanguageModel {
  const withStrictness = (name: string, strict = false) => ({
    ...options.providerOptions,
    [name]: { ...options.providerOptions?.[name], strictJsonSchema: strict },
  })
  const callOf = (request: ModelRequest, { signal }: Sending): LanguageModelV4CallOptions => ({
    ...callOptionsOf(request, { argumentsAsText: speaksChatCompletions }),
    ...options,
    // Only where they matter: the packages check all their options with a schema, for each request.
    ...(request.json && namespace && { providerOptions: withStrictness(namespace, request.json.strict) }),
    ...(settings.headers && { headers: settings.headers }),
    abortSignal: signal,
  })
  const sent = readBy(async (request, sending) => {
    const { call } = sending
    const model = await load(call.fetch, sending)
    if (request.stream) return readSdkStream((await model.doStream(callOf(request, sending))).stream, call)
    return partsOfResult(await model.doGenerate(callOf(request, sending))).values()
  })
  const write = (request: ModelRequest, sending: Sending) =>
    writtenBy(async (fetch) => {
      const model = await load(request.json ? namingSchemaFirst(fetch) : fetch, sending)
      return request.stream ? model.doStream(callOf(request, sending)) : model.doGenerate(callOf(request, sending))
    })
  const writeAlike = () => continuing(fillingIn(write, () => JSON.stringify([provider, namespace, settings])))
  const asking = speaksChatCompletions ? readHere(hasLastingKey ? writeAlike() : write, chatCompletions) : sent
  return chatModel({ provider, settings, asking })
}
