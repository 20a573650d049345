import { messageOf } from '@runnel/protocol/errors'
import type { TokenUsage } from '@runnel/protocol/message'
import {
  type Followable,
  follow,
  type LanguageModel,
  type ModelMessage,
  type ModelPart,
  type ModelRequest,
  type ModelToolCall,
  type ToolCaller,
} from '@runnel/sdk'

const END: IteratorReturnResult<undefined> = { done: true, value: undefined }

/**
 * The answer of a model; whoever asks is told of its tokens, and the call becomes a span. To be read once, as the
 * answer itself. Not a generator: every token passes here.
 */
export function tracedAnswer(
  model: LanguageModel,
  request: ModelRequest,
  { signal, addUsage, spans }: ToolCaller & { readonly signal: AbortSignal },
): Followable<ModelPart> {
  const { provider, model: name, settings } = model
  const of = { provider, model: name }
  let retries = 0
  let text = ''
  let reasoning = ''
  let finish: { readonly reason: string; readonly usage: TokenUsage | null } | undefined
  const calls: ModelToolCall[] = []
  const span = spans.start({ kind: 'model', name, model: { ...of, settings }, input: shownRequest(request) })
  let isOver = false
  const end = (error?: string): void => {
    if (isOver) return
    isOver = true
    span.end({
      output: {
        text,
        ...(reasoning !== '' && { reasoning }),
        ...(calls.length > 0 && { tool_calls: calls }),
        ...(finish && { finish_reason: finish.reason }),
      },
      usage: finish?.usage ?? null,
      retries,
      ...(error !== undefined && { error }),
    })
  }
  const hear = (part: ModelPart): void => {
    if (part.type === 'text-delta') text += part.text
    else if (part.type === 'reasoning-delta') reasoning += part.text
    else if (part.type === 'tool-call') calls.push(part.call)
    else {
      finish = part
      if (part.usage) addUsage(part.usage, of)
    }
  }
  const step = (result: IteratorResult<ModelPart>): IteratorResult<ModelPart, undefined> => {
    if (result.done) {
      end()
      return END
    }
    hear(result.value)
    return result
  }
  const fail = (error: unknown): never => {
    end(messageOf(error))
    throw error
  }
  const respond = (): AsyncIterable<ModelPart> => model.respond(request, signal, () => retries++)
  let parts: AsyncIterator<ModelPart> | undefined
  const iterator: AsyncIterator<ModelPart, undefined> = {
    next() {
      parts ??= respond()[Symbol.asyncIterator]()
      return parts.next().then(step, fail)
    },
    async return() {
      end()
      await parts?.return?.()
      return END
    },
  }
  return {
    [Symbol.asyncIterator]: () => iterator,
    follow: (follower) =>
      follow(respond(), (part) => {
        hear(part)
        return follower(part)
      }).then(() => end(), fail),
  }
}

/** What was asked, as a trace shows it: of an image only what it is. */
const shownRequest = ({ messages, tools, toolChoice, json, stream }: ModelRequest) => ({
  messages: messages.map(shownMessage),
  ...(tools && tools.length > 0 && { tools: tools.map(({ name }) => name) }),
  ...(toolChoice !== undefined && { tool_choice: toolChoice }),
  ...(json && { response_format: json.name ?? 'json' }),
  ...(stream && { stream }),
})

function shownMessage(message: ModelMessage): unknown {
  if (message.role !== 'user') return message
  const { content } = message
  const texts = content.map((part) => (part.type === 'text' ? part.text : `[${part.mediaType}]`))
  return { role: 'user', content: texts.length === 1 ? texts[0] : texts }
}
