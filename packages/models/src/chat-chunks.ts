import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { TokenUsage } from '@runnel/protocol/message'
import type { ModelPart } from '@runnel/sdk'
import { chatObject, newCallId, saidIn, textOr, usageOf } from './chat-completion.ts'
import { createEventReader } from './event-stream.ts'
import { Fault } from './fault.ts'
import { toolInput } from './tool-input.ts'
import type { StreamAnswer } from './transport.ts'

interface OpenCall {
  id: string
  name: string
  args: string
}

const END: IteratorReturnResult<undefined> = { done: true, value: undefined }

/**
 * Reads a stream of OpenAI chat completion chunks. Read here and not by the SDK because this is where the tokens of
 * most flows pass: the SDK's chain of streams and schemas costs some 19 µs for each, this a few. An iterator and no
 * generator for the same reason: that would cost each token two more turns of the promise queue.
 * Ends with a `finish` part. Throws what is wrong after the parts that came before it: a Fault when the stream ends
 * without `finish_reason` and without `[DONE]`, and for chunks that are no JSON or an error.
 */
export function readChatChunks(
  { first, answer }: StreamAnswer,
  { lineBytes }: { readonly lineBytes: number },
): AsyncIterator<ModelPart, undefined> {
  const chunks = createChunks(lineBytes)
  let unread: Buffer | undefined = first
  let parts: readonly ModelPart[] = []
  let given = 0
  let isOver = false
  let failure: { readonly error: unknown } | undefined

  const end = () => {
    isOver = true
    answer.close(chunks.isDone())
  }
  const part = (): IteratorResult<ModelPart, undefined> | undefined => {
    const value = parts[given++]
    return value && { done: false, value }
  }
  async function more(): Promise<IteratorResult<ModelPart, undefined>> {
    for (;;) {
      if (failure) throw failure.error
      if (isOver) return END
      try {
        const bytes = unread ?? (await (chunks.hasReason() ? lastOf(answer) : answer.read()))
        unread = undefined
        if (bytes) chunks.take(bytes)
        if (!bytes || chunks.isDone()) {
          chunks.finish()
          end()
        }
      } catch (error) {
        failure = { error }
        end()
      }
      parts = chunks.parts()
      given = 0
      const found = part()
      if (found) return found
    }
  }
  return {
    next() {
      const found = part()
      return found ? Promise.resolve(found) : more()
    },
    async return() {
      failure = undefined
      end()
      return END
    },
  }
}

/** What the chunks read so far add up to. */
function createChunks(lineBytes: number) {
  const events = createEventReader({ lineBytes })
  const calls: OpenCall[] = []
  const callOf = new Map<number, OpenCall>()
  let parts: ModelPart[] = []
  let usage: TokenUsage | null = null
  let reason = ''
  let done = false

  function read(data: string): void {
    const chunk = chatObject(data)
    if (chunk.usage) usage = usageOf(chunk.usage)
    const choice = Array.isArray(chunk.choices) ? chunk.choices[0] : undefined
    if (!isObject(choice)) return
    const { delta } = choice
    if (isObject(delta)) {
      const text = plainText(delta)
      if (text !== undefined) parts.push({ type: 'text-delta', text })
      else parts.push(...saidIn(delta))
      if (Array.isArray(delta.tool_calls)) collect(calls, callOf, delta.tool_calls)
    }
    reason = textOr(choice.finish_reason) || reason
  }

  return {
    /** @throws Fault; the parts before it are kept. */
    take(bytes: Buffer): void {
      for (const data of events.push(bytes)) {
        if (data === '[DONE]') {
          done = true
          return
        }
        if (data !== '') read(data)
      }
    },

    /** Nothing more comes. @throws Fault when something is missing. */
    finish(): void {
      if (!done && reason === '') throw new Fault({ kind: 'broken', why: 'it ended before it was complete' })
      for (const { id, name, args } of calls) {
        parts.push({ type: 'tool-call', call: { id: id || newCallId(), name, input: toolInput(args) } })
      }
      parts.push({ type: 'finish', reason: reason || 'stop', usage })
    },

    /** Those since the last time. */
    parts(): readonly ModelPart[] {
      const taken = parts
      parts = []
      return taken
    },

    isDone: () => done,
    hasReason: () => reason !== '',
  }
}

/** What nearly every chunk holds: some text and nothing else. */
function plainText(delta: JsonObject): string | undefined {
  const { content, reasoning, reasoning_content, refusal } = delta
  return typeof content === 'string' && content !== '' && !reasoning && !reasoning_content && !refusal
    ? content
    : undefined
}

/** After the finish reason nothing can be lost any more: whatever ends the stream then, it is complete. */
async function lastOf(answer: StreamAnswer['answer']): Promise<Buffer | undefined> {
  try {
    return await answer.read()
  } catch (error) {
    if (error instanceof Fault && (error.reason.kind === 'connection' || error.reason.kind === 'timeout'))
      return undefined
    throw error
  }
}

/** Adds fragments to the calls begun. Some servers never count, so another id at the same index is another call. */
function collect(calls: OpenCall[], callOf: Map<number, OpenCall>, fragments: readonly unknown[]): void {
  for (const fragment of fragments) {
    if (!isObject(fragment)) continue
    const given = isObject(fragment.function) ? fragment.function : {}
    const id = textOr(fragment.id)
    const index = typeof fragment.index === 'number' ? fragment.index : -1
    let call = callOf.get(index)
    if (!call || (id !== '' && call.id !== '' && call.id !== id)) {
      call = { id, name: '', args: '' }
      calls.push(call)
      callOf.set(index, call)
    }
    call.id ||= id
    call.name ||= textOr(given.name)
    call.args += textOr(given.arguments)
  }
}
