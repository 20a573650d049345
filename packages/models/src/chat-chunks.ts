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

/**
 * Reads a stream of OpenAI chat completion chunks. Read here and not by the SDK because this is where the tokens of
 * most flows pass: the SDK's chain of streams and schemas costs some 19 µs for each, this a few.
 * Ends with a `finish` part. @throws Fault when the stream ends without `finish_reason` and without `[DONE]`, and for
 * chunks that are no JSON or an error.
 */
export async function* readChatChunks(
  { first, answer }: StreamAnswer,
  { lineBytes }: { readonly lineBytes: number },
): AsyncGenerator<ModelPart, void> {
  const events = createEventReader({ lineBytes })
  const calls: OpenCall[] = []
  const callOf = new Map<number, OpenCall>()
  let usage: TokenUsage | null = null
  let reason = ''
  let done = false
  try {
    for (
      let bytes: Buffer | undefined = first;
      bytes;
      bytes = done ? undefined : await (reason === '' ? answer.read() : lastOf(answer))
    ) {
      for (const data of events.push(bytes)) {
        if (data === '[DONE]') {
          done = true
          break
        }
        if (data === '') continue
        const chunk = chatObject(data)
        if (chunk.usage) usage = usageOf(chunk.usage)
        const choice = Array.isArray(chunk.choices) ? chunk.choices[0] : undefined
        if (!isObject(choice)) continue
        const { delta } = choice
        if (isObject(delta)) {
          const text = plainText(delta)
          if (text !== undefined) yield { type: 'text-delta', text }
          else yield* saidIn(delta)
          if (Array.isArray(delta.tool_calls)) collect(calls, callOf, delta.tool_calls)
        }
        reason = textOr(choice.finish_reason) || reason
      }
    }
    if (!done && reason === '') throw new Fault({ kind: 'broken', why: 'it ended before it was complete' })
    for (const { id, name, args } of calls) {
      yield { type: 'tool-call', call: { id: id || newCallId(), name, input: toolInput(args) } }
    }
    yield { type: 'finish', reason: reason || 'stop', usage }
  } finally {
    answer.close(done)
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
