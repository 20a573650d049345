import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { TokenUsage } from '@runnel/protocol/message'
import type { ModelPart } from '@runnel/sdk'
import { JSON_TOOL } from './bedrock-request.ts'
import { chatObject, textOr } from './chat-completion.ts'
import type { AnswerReader } from './chat-model.ts'
import { createFrameReader } from './event-frames.ts'
import { Fault } from './fault.ts'
import { toolInput } from './tool-input.ts'

interface OpenCall {
  readonly id: string
  readonly name: string
  args: string
}

/** Reads what Bedrock's Converse API answers. */
export const bedrockReader: AnswerReader = {
  document(json) {
    const { output, stopReason, usage } = chatObject(json)
    const message = isObject(output) && isObject(output.message) ? output.message : undefined
    if (!message || !Array.isArray(message.content)) {
      throw new Fault({ kind: 'broken', why: 'it has no message', quote: json })
    }
    const parts = message.content.filter(isObject).flatMap(blockParts)
    return [...parts, { type: 'finish', reason: textOr(stopReason) || 'end_turn', usage: usageOf(usage) }]
  },

  async *stream({ first, answer }, { lineBytes }): AsyncGenerator<ModelPart, void> {
    const frames = createFrameReader({ frameBytes: lineBytes })
    const calls = new Map<unknown, OpenCall>()
    let reason: string | undefined
    let usage: TokenUsage | null = null
    let isComplete = false
    try {
      for (let bytes: Buffer | undefined = first; bytes; bytes = isComplete ? undefined : await answer.read()) {
        for (const { type, headers, payload } of frames.push(bytes)) {
          if (headers[':message-type'] !== 'event') throw exception(headers, payload)
          const event = chatObject(payload)
          const call = calls.get(event.contentBlockIndex)
          if (type === 'contentBlockStart') {
            const begun = isObject(event.start) && isObject(event.start.toolUse) ? event.start.toolUse : undefined
            if (begun) {
              calls.set(event.contentBlockIndex, { id: textOr(begun.toolUseId), name: textOr(begun.name), args: '' })
            }
          } else if (type === 'contentBlockDelta' && isObject(event.delta)) {
            if (call && isObject(event.delta.toolUse)) call.args += textOr(event.delta.toolUse.input)
            else yield* deltaParts(event.delta)
          } else if (type === 'contentBlockStop' && call) {
            yield callPart(call.id, call.name, toolInput(call.args))
          } else if (type === 'messageStop') reason = textOr(event.stopReason) || 'end_turn'
          else if (type === 'metadata') {
            usage = usageOf(event.usage)
            isComplete = true
          }
        }
      }
      if (reason === undefined) throw new Fault({ kind: 'broken', why: 'it ended before it was complete' })
      yield { type: 'finish', reason, usage }
    } finally {
      answer.close(isComplete)
    }
  },
}

function exception(headers: Readonly<Record<string, string>>, payload: string): Fault {
  const kind = headers[':exception-type'] ?? headers[':error-code'] ?? 'an error'
  let said = payload
  try {
    const parsed: unknown = JSON.parse(payload)
    if (isObject(parsed) && typeof parsed.message === 'string') said = parsed.message
  } catch {
    // Quoted as it is.
  }
  return new Fault({ kind: 'broken', why: kind, quote: said })
}

/** A call of the tool that carries the answer is the answer. */
function callPart(id: string, name: string, input: unknown): ModelPart {
  if (name === JSON_TOOL) return { type: 'text-delta', text: JSON.stringify(input) }
  return { type: 'tool-call', call: { id, name, input } }
}

function blockParts(block: JsonObject): readonly ModelPart[] {
  const { toolUse, reasoningContent } = block
  if (isObject(toolUse)) return [callPart(textOr(toolUse.toolUseId), textOr(toolUse.name), toolUse.input ?? {})]
  const thought = isObject(reasoningContent) ? reasoningContent.reasoningText : undefined
  return [...deltaParts({ ...block, ...(isObject(thought) && { reasoningContent: thought }) })]
}

function* deltaParts({ text, reasoningContent }: JsonObject): Generator<ModelPart, void> {
  const thought = isObject(reasoningContent) ? textOr(reasoningContent.text) : ''
  if (thought !== '') yield { type: 'reasoning-delta', text: thought }
  if (textOr(text) !== '') yield { type: 'text-delta', text: textOr(text) }
}

function usageOf(usage: unknown): TokenUsage | null {
  if (!isObject(usage)) return null
  const input = Number(usage.inputTokens) || 0
  const output = Number(usage.outputTokens) || 0
  return { input_tokens: input, output_tokens: output, total_tokens: Number(usage.totalTokens) || input + output }
}
