import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { LanguageModel, ModelMessage, ModelPart, ModelRequest } from '@runnel/sdk'
import { chatObject, newCallId, textOr } from './chat-completion.ts'
import { type AnswerReader, type ChatSettings, chatModel, readHere } from './chat-model.ts'
import type { ProviderRequest } from './exchange.ts'
import { Fault } from './fault.ts'
import { createLineReader } from './line-reader.ts'

/** Where Ollama listens unless it is told otherwise. */
export const OLLAMA_ADDRESS = 'http://localhost:11434'

/** Entries of `modelKwargs` that belong to the request itself; all others are options of the model. */
const OF_REQUEST = new Set(['format', 'think', 'keep_alive', 'template', 'system', 'raw'])

/** A chat model of an Ollama server, asked in Ollama's own words, which know the size of the context and the like. */
export function ollamaChat(settings: ChatSettings): LanguageModel {
  // Its settings are placed by name below, not merged into the body.
  return chatModel({
    provider: 'Ollama',
    settings: { ...settings, modelKwargs: undefined },
    asking: readHere((request) => write(settings, request), reader),
  })
}

function write(settings: ChatSettings, request: ModelRequest): ProviderRequest {
  const { apiKey, headers } = settings
  // The address may be that of Ollama's OpenAI form.
  const base = (settings.baseUrl || OLLAMA_ADDRESS).replace(/\/+$/, '').replace(/\/(v1|api)$/, '')
  return {
    url: `${base}/api/chat`,
    headers: {
      'content-type': 'application/json',
      ...(apiKey !== '' && apiKey !== 'EMPTY' && { authorization: `Bearer ${apiKey}` }),
      ...headers,
    },
    body: JSON.stringify(bodyOf(settings, request)),
  }
}

function bodyOf(settings: ChatSettings, { messages, stream, tools, toolChoice, json }: ModelRequest): JsonObject {
  const { modelId, temperature, maxTokens, seed, modelKwargs = {} } = settings
  const own = Object.entries(modelKwargs)
  const options = {
    ...(temperature !== undefined && { temperature }),
    ...(seed !== undefined && { seed }),
    ...(maxTokens !== undefined && maxTokens >= 1 && { num_predict: maxTokens }),
    ...Object.fromEntries(own.filter(([name]) => !OF_REQUEST.has(name))),
  }
  // There is no choice of a tool: it is offered alone.
  const offered = tools?.filter(({ name }) => typeof toolChoice !== 'object' || toolChoice.name === name)
  return {
    model: modelId,
    messages: messages.map(wireMessage),
    stream,
    ...Object.fromEntries(own.filter(([name]) => OF_REQUEST.has(name))),
    ...(json && { format: json.schema ?? 'json' }),
    ...(Object.keys(options).length > 0 && { options }),
    ...(offered?.length &&
      toolChoice !== 'none' && {
        tools: offered.map(({ name, description, inputSchema }) => ({
          type: 'function',
          function: { name, description, parameters: inputSchema },
        })),
      }),
  }
}

function wireMessage(message: ModelMessage): JsonObject {
  switch (message.role) {
    case 'system':
      return { role: 'system', content: message.content }
    case 'user': {
      const texts = message.content.map((part) => {
        if (part.type === 'text') return part.text
        return isAddress(part.data) ? part.data : ''
      })
      const images = message.content.flatMap((part) =>
        part.type === 'image' && !isAddress(part.data) ? [part.data] : [],
      )
      return { role: 'user', content: texts.filter(Boolean).join('\n'), ...(images.length > 0 && { images }) }
    }
    case 'assistant':
      return {
        role: 'assistant',
        content: message.content,
        ...(message.toolCalls?.length && {
          tool_calls: message.toolCalls.map(({ name, input }) => ({ function: { name, arguments: input } })),
        }),
      }
    case 'tool':
      return { role: 'tool', tool_name: message.name, content: message.output }
    default:
      return message satisfies never
  }
}

const isAddress = (data: string): boolean => /^https?:\/\//.test(data)

const reader: AnswerReader = {
  streamsJson: true,
  document: (json) => [...partsOf(chatObject(json), true)],
  async *stream({ first, answer }, limits): AsyncGenerator<ModelPart, void> {
    const lines = createLineReader(limits)
    let done = false
    try {
      for (let bytes: Buffer | undefined = first; bytes; bytes = done ? undefined : await answer.read()) {
        for (const line of lines.push(bytes)) {
          const piece = chatObject(line)
          done = piece.done === true
          yield* partsOf(piece, done)
        }
      }
      if (!done) throw new Fault({ kind: 'broken', why: 'it ended before it was complete' })
    } finally {
      answer.close(done)
    }
  },
}

/** What one object says; the last one of an answer also ends it. */
function* partsOf({ message, done_reason, ...counts }: JsonObject, isLast: boolean): Generator<ModelPart, void> {
  const said = isObject(message) ? message : {}
  if (textOr(said.thinking) !== '') yield { type: 'reasoning-delta', text: textOr(said.thinking) }
  if (textOr(said.content) !== '') yield { type: 'text-delta', text: textOr(said.content) }
  for (const call of Array.isArray(said.tool_calls) ? said.tool_calls : []) {
    const given = isObject(call) && isObject(call.function) ? call.function : undefined
    if (!given) continue
    const input = given.arguments ?? {}
    yield { type: 'tool-call', call: { id: textOr(call.id) || newCallId(), name: textOr(given.name), input } }
  }
  if (!isLast) return
  const input = Number(counts.prompt_eval_count)
  const output = Number(counts.eval_count)
  const isCounted = !Number.isNaN(input) || !Number.isNaN(output)
  const [input_tokens, output_tokens] = [input || 0, output || 0]
  const usage = { input_tokens, output_tokens, total_tokens: input_tokens + output_tokens }
  yield { type: 'finish', reason: textOr(done_reason) || 'stop', usage: isCounted ? usage : null }
}
