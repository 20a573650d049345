import { isObject } from '@runnel/protocol/json'
import type { TraceSpan } from '@runnel/protocol/monitor'
import type { Attributes } from './otlp.ts'

/** What a model was asked and answered, as OpenTelemetry writes conversations. */
export function messageAttributes({ input, output }: TraceSpan, cut: (text: string) => string): Attributes {
  const asked = isObject(input) && Array.isArray(input.messages) ? input.messages.filter(isObject) : []
  const told = asked.map(({ role, content }) => ({ role: String(role), parts: partsOf(content) }))
  return {
    'gen_ai.input.messages': told.length > 0 ? cut(JSON.stringify(told)) : undefined,
    'gen_ai.output.messages': isObject(output) ? cut(JSON.stringify([answerOf(output)])) : undefined,
  }
}

function partsOf(content: unknown): readonly object[] {
  const parts = Array.isArray(content) ? content : [content]
  return parts.map((part) => ({ type: 'text', content: typeof part === 'string' ? part : JSON.stringify(part ?? '') }))
}

function answerOf({ text, tool_calls, finish_reason }: Readonly<Record<string, unknown>>) {
  const calls = Array.isArray(tool_calls) ? tool_calls.filter(isObject) : []
  return {
    role: 'assistant',
    parts: [
      ...(typeof text === 'string' && text !== '' ? partsOf(text) : []),
      ...calls.map(({ id, name, input }) => ({ type: 'tool_call', id, name, arguments: input })),
    ],
    ...(typeof finish_reason === 'string' && { finish_reason }),
  }
}
