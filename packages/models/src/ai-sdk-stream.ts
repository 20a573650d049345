import type { LanguageModelV4GenerateResult, LanguageModelV4StreamPart, LanguageModelV4Usage } from '@ai-sdk/provider'
import { isObject } from '@runnel/protocol/json'
import type { TokenUsage } from '@runnel/protocol/message'
import type { ModelPart } from '@runnel/sdk'
import { Fault, faultOf } from './fault.ts'
import { toolInput } from './tool-input.ts'
import type { ProviderCall } from './transport.ts'

/** The parts of a whole answer. */
export function partsOfResult({ content, finishReason, usage }: LanguageModelV4GenerateResult): readonly ModelPart[] {
  const parts: ModelPart[] = []
  for (const item of content) {
    if (item.type === 'text' && item.text !== '') parts.push({ type: 'text-delta', text: item.text })
    else if (item.type === 'reasoning' && item.text !== '') parts.push({ type: 'reasoning-delta', text: item.text })
    else if (item.type === 'tool-call') parts.push(toolCall(item))
  }
  parts.push({ type: 'finish', reason: finishReason.raw ?? finishReason.unified, usage: tokenUsage(usage) })
  return parts
}

/** The parts of a stream an SDK has read. @throws Fault when the provider did not finish, or sent an error. */
export async function* readSdkStream(
  stream: ReadableStream<LanguageModelV4StreamPart>,
  call: Pick<ProviderCall, 'failure'>,
): AsyncGenerator<ModelPart, void> {
  const reader = stream.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) throw call.failure() ?? new Fault({ kind: 'broken', why: 'it ended before it was complete' })
      switch (value.type) {
        case 'text-delta':
          if (value.delta !== '') yield { type: 'text-delta', text: value.delta }
          break
        case 'reasoning-delta':
          if (value.delta !== '') yield { type: 'reasoning-delta', text: value.delta }
          break
        case 'tool-call':
          yield toolCall(value)
          break
        case 'error':
          throw call.failure() ?? faultOfPart(value.error)
        case 'finish': {
          const { unified, raw } = value.finishReason
          if (unified === 'interrupted') {
            throw call.failure() ?? new Fault({ kind: 'broken', why: 'it ended before it was complete' })
          }
          if (call.failure()?.reason.kind === 'limit') throw call.failure()
          yield { type: 'finish', reason: raw ?? unified, usage: tokenUsage(value.usage) }
          return
        }
        default: // starts, ends, sources and files carry nothing a flow uses
      }
    }
  } finally {
    await reader.cancel().catch(() => {}) // the stream may have failed already, which was reported above
  }
}

function faultOfPart(error: unknown): Fault {
  const known = faultOf(error)
  if (known) return known
  const said = isObject(error) || error instanceof Error ? (error as { message?: unknown }).message : error
  return new Fault({ kind: 'broken', why: 'an error', quote: typeof said === 'string' ? said : JSON.stringify(error) })
}

function toolCall(part: { toolCallId: string; toolName: string; input: string }): ModelPart {
  return { type: 'tool-call', call: { id: part.toolCallId, name: part.toolName, input: toolInput(part.input) } }
}

function tokenUsage({ inputTokens, outputTokens }: LanguageModelV4Usage): TokenUsage | null {
  if (inputTokens.total === undefined && outputTokens.total === undefined) return null
  const input = inputTokens.total ?? 0
  const output = outputTokens.total ?? 0
  return { input_tokens: input, output_tokens: output, total_tokens: input + output }
}
