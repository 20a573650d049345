import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { TokenUsage } from '@runnel/protocol/message'
import type { ModelPart } from '@runnel/sdk'
import { Fault } from './fault.ts'
import { toolInput } from './tool-input.ts'

/**
 * The parts of a whole OpenAI chat completion. Read here and not by the SDK, whose schema asks for more than servers
 * that call themselves compatible send. @throws Fault when it is none.
 */
export function partsOfCompletion(body: string): readonly ModelPart[] {
  const completion = chatObject(body)
  const choice = Array.isArray(completion.choices) ? completion.choices[0] : undefined
  const message = isObject(choice) ? choice.message : undefined
  if (!isObject(choice) || !isObject(message))
    throw new Fault({ kind: 'broken', why: 'it has no choices', quote: body })
  const parts: ModelPart[] = [...saidIn(message)]
  for (const call of Array.isArray(message.tool_calls) ? message.tool_calls : []) {
    const given = isObject(call) && isObject(call.function) ? call.function : undefined
    if (!given) continue
    const args = typeof given.arguments === 'string' ? toolInput(given.arguments) : (given.arguments ?? {})
    parts.push({
      type: 'tool-call',
      call: { id: textOr(call.id) || newCallId(), name: textOr(given.name), input: args },
    })
  }
  parts.push({ type: 'finish', reason: textOr(choice.finish_reason) || 'stop', usage: usageOf(completion.usage) })
  return parts
}

/** A document or chunk of the chat completions. @throws Fault for what is no JSON object, or an error. */
export function chatObject(json: string): JsonObject {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    throw new Fault({ kind: 'broken', why: 'it is no JSON', quote: json })
  }
  if (!isObject(value)) throw new Fault({ kind: 'broken', why: 'it is no object', quote: json })
  if (value.error !== undefined && value.error !== null) {
    const said = isObject(value.error) ? value.error.message : value.error
    throw new Fault({ kind: 'broken', why: 'an error', quote: typeof said === 'string' ? said : json })
  }
  return value
}

/** Thoughts and text of a message, or of the difference one chunk makes to it. */
export function* saidIn(said: JsonObject): Generator<ModelPart, void> {
  const thought = said.reasoning_content ?? said.reasoning
  if (typeof thought === 'string' && thought !== '') yield { type: 'reasoning-delta', text: thought }
  if (typeof said.content === 'string') {
    if (said.content !== '') yield { type: 'text-delta', text: said.content }
  } else if (Array.isArray(said.content)) {
    yield* contentParts(said.content)
  }
  if (typeof said.refusal === 'string' && said.refusal !== '') yield { type: 'text-delta', text: said.refusal }
}

function* contentParts(parts: readonly unknown[]): Generator<ModelPart, void> {
  for (const part of parts) {
    if (!isObject(part)) continue
    if (typeof part.text === 'string' && part.text !== '') yield { type: 'text-delta', text: part.text }
    if (!Array.isArray(part.thinking)) continue
    for (const thought of part.thinking) {
      if (isObject(thought) && textOr(thought.text) !== '')
        yield { type: 'reasoning-delta', text: textOr(thought.text) }
    }
  }
}

/** null when the provider does not say. */
export function usageOf(usage: unknown): TokenUsage | null {
  if (!isObject(usage)) return null
  const input = Number(usage.prompt_tokens) || 0
  const output = Number(usage.completion_tokens) || 0
  return { input_tokens: input, output_tokens: output, total_tokens: Number(usage.total_tokens) || input + output }
}

export const textOr = (value: unknown): string => (typeof value === 'string' ? value : '')

/** For servers that give their tool calls no id. */
export const newCallId = (): string => `call_${crypto.randomUUID().replaceAll('-', '')}`
