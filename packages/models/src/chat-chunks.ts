import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { TokenUsage } from '@runnel/protocol/message'
import type { ModelPart } from '@runnel/sdk'
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
 * Reads a stream of OpenAI chat completion chunks. Read here and not by the SDK because this is where every token of
 * most flows passes: the SDK's chain of streams and schemas costs some 19 µs for each, this about 2.
 * Ends with a `finish` part. @throws Fault when the stream ends without `finish_reason` and without `[DONE]`, and for
 * chunks that are no JSON or an error.
 */
export async function* readChatChunks(
  { first, answer }: StreamAnswer,
  { lineBytes }: { readonly lineBytes: number },
): AsyncGenerator<ModelPart, void> {
  const events = createEventReader({ lineBytes })
  const calls = new Map<number, OpenCall>()
  let usage: TokenUsage | null = null
  let reason: string | undefined
  let done = false
  try {
    for (let chunk: Buffer | undefined = first; chunk && !done; ) {
      for (const data of events.push(chunk)) {
        if (data === '[DONE]') {
          done = true
          break
        }
        if (data === '') continue
        const value = parse(data)
        if (value.usage) usage = usageOf(value.usage) ?? usage
        const choice = Array.isArray(value.choices) ? value.choices[0] : undefined
        if (!isObject(choice)) continue
        const { delta } = choice
        if (isObject(delta)) {
          if (typeof delta.content === 'string') {
            if (delta.content !== '') yield { type: 'text-delta', text: delta.content }
          } else if (Array.isArray(delta.content)) {
            yield* contentParts(delta.content)
          }
          const thought = delta.reasoning_content ?? delta.reasoning
          if (typeof thought === 'string' && thought !== '') yield { type: 'reasoning-delta', text: thought }
          if (typeof delta.refusal === 'string' && delta.refusal !== '')
            yield { type: 'text-delta', text: delta.refusal }
          if (Array.isArray(delta.tool_calls)) collect(calls, delta.tool_calls)
        }
        if (typeof choice.finish_reason === 'string' && choice.finish_reason !== '') reason = choice.finish_reason
      }
      if (!done) chunk = await next(answer, reason !== undefined)
    }
    if (!done && reason === undefined) throw new Fault({ kind: 'broken', why: 'it ended before it was complete' })
    for (const { id, name, args } of calls.values()) {
      yield { type: 'tool-call', call: { id, name, input: toolInput(args) } }
    }
    yield { type: 'finish', reason: reason ?? 'stop', usage }
  } finally {
    answer.close(done)
  }
}

/** After the finish reason nothing can be lost any more: whatever ends the stream then, it is complete. */
async function next(answer: StreamAnswer['answer'], isFinished: boolean): Promise<Buffer | undefined> {
  try {
    return await answer.read()
  } catch (error) {
    const isHarmless = error instanceof Fault && (error.reason.kind === 'connection' || error.reason.kind === 'timeout')
    if (isFinished && isHarmless) return undefined
    throw error
  }
}

function parse(data: string): JsonObject {
  let value: unknown
  try {
    value = JSON.parse(data)
  } catch (error) {
    throw new Fault({ kind: 'broken', why: 'a piece of it is no JSON', quote: data }, { cause: error })
  }
  if (!isObject(value)) throw new Fault({ kind: 'broken', why: 'a piece of it is no object', quote: data })
  if (value.error !== undefined && value.error !== null) {
    const said = isObject(value.error) ? value.error.message : value.error
    throw new Fault({ kind: 'broken', why: 'an error', quote: typeof said === 'string' ? said : data })
  }
  return value
}

function* contentParts(parts: readonly unknown[]): Generator<ModelPart> {
  for (const part of parts) {
    if (!isObject(part)) continue
    if (part.type === 'text' && typeof part.text === 'string' && part.text !== '') {
      yield { type: 'text-delta', text: part.text }
    } else if (part.type === 'thinking' && Array.isArray(part.thinking)) {
      for (const thought of part.thinking) {
        if (isObject(thought) && typeof thought.text === 'string' && thought.text !== '') {
          yield { type: 'reasoning-delta', text: thought.text }
        }
      }
    }
  }
}

/** Adds the fragments of tool calls to those begun. A new id at a known index is a new call: some servers never count. */
function collect(calls: Map<number, OpenCall>, fragments: readonly unknown[]): void {
  for (const fragment of fragments) {
    if (!isObject(fragment)) continue
    const given = isObject(fragment.function) ? fragment.function : {}
    const id = textOr(fragment.id)
    let index = typeof fragment.index === 'number' ? fragment.index : id ? calls.size : Math.max(0, calls.size - 1)
    const known = calls.get(index)
    if (known && id && known.id !== id) index = calls.size
    const call = calls.get(index) ?? { id: '', name: '', args: '' }
    calls.set(index, {
      id: call.id || id || '',
      name: call.name || textOr(given.name),
      args: call.args + textOr(given.arguments),
    })
  }
  for (const [index, call] of calls) {
    if (!call.id && call.name) calls.set(index, { ...call, id: `call_${crypto.randomUUID().replaceAll('-', '')}` })
  }
}

const textOr = (value: unknown): string => (typeof value === 'string' ? value : '')

function usageOf(usage: unknown): TokenUsage | undefined {
  if (!isObject(usage)) return undefined
  const input = Number(usage.prompt_tokens ?? 0) || 0
  const output = Number(usage.completion_tokens ?? 0) || 0
  return { input_tokens: input, output_tokens: output, total_tokens: Number(usage.total_tokens) || input + output }
}
