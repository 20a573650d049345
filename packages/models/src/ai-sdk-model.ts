import type { LanguageModelV4, LanguageModelV4CallOptions } from '@ai-sdk/provider'
import type { LanguageModel, ModelRequest } from '@runnel/sdk'
import { callOptionsOf } from './ai-sdk-prompt.ts'
import { partsOfResult, readSdkStream } from './ai-sdk-stream.ts'
import { readChatChunks } from './chat-chunks.ts'
import { partsOfCompletion } from './chat-completion.ts'
import { type AnswerReader, type ChatSettings, chatModel, readBy, readHere, type Sending } from './chat-model.ts'
import { namingSchemaFirst } from './schema-request.ts'
import { writtenBy } from './transport.ts'

export interface AiSdkModelOptions {
  readonly provider: string
  readonly settings: ChatSettings
  /** Makes the SDK's model object, importing its package on first use. */
  readonly load: (fetch: typeof globalThis.fetch, sending: Sending) => Promise<LanguageModelV4>
  /** Options of this provider, added to those of each request. */
  readonly options: Partial<LanguageModelV4CallOptions>
  /** The provider answers as OpenAI's chat completions do: the SDK writes the request, the answer is read here. */
  readonly speaksChatCompletions?: boolean
}

const chatCompletions: AnswerReader = { stream: readChatChunks, document: partsOfCompletion }

/** A LanguageModel that asks through a model object of the AI SDK: the specification's V4, without its `generateText`. */
export function aiSdkModel({
  provider,
  settings,
  load,
  options,
  speaksChatCompletions = false,
}: AiSdkModelOptions): LanguageModel {
  const callOf = (request: ModelRequest, { signal }: Sending): LanguageModelV4CallOptions => ({
    ...callOptionsOf(request, { argumentsAsText: speaksChatCompletions }),
    ...options,
    ...(request.json?.strict && { providerOptions: strictly(options.providerOptions) }),
    ...(settings.headers && { headers: settings.headers }),
    abortSignal: signal,
  })
  const sent = readBy(async (request, sending) => {
    const { call } = sending
    const model = await load(call.fetch, sending)
    if (request.stream) return readSdkStream((await model.doStream(callOf(request, sending))).stream, call)
    return partsOfResult(await model.doGenerate(callOf(request, sending))).values()
  })
  const written = readHere(
    (request, sending) =>
      writtenBy(async (fetch) => {
        const model = await load(request.json ? namingSchemaFirst(fetch) : fetch, sending)
        return request.stream ? model.doStream(callOf(request, sending)) : model.doGenerate(callOf(request, sending))
      }),
    chatCompletions,
  )
  return chatModel({ provider, settings, asking: speaksChatCompletions ? written : sent })
}

/** The options with the schema of an answer made binding. */
const strictly = (options: LanguageModelV4CallOptions['providerOptions'] = {}) =>
  Object.fromEntries(Object.entries(options).map(([name, entries]) => [name, { ...entries, strictJsonSchema: true }]))
