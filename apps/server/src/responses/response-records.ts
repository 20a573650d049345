import type { AppError } from '@runnel/protocol/errors'
import type { ResponseAnswer } from '@runnel/protocol/responses'
import { responseError } from './response-failure.ts'
import { callIdOf, itemIdOf, streamedToolItem } from './response-items.ts'
import type { ResponseFacts } from './response-run.ts'
import type { ToolCall } from './tool-calls.ts'

interface Ending {
  readonly status: 'completed' | 'failed'
  readonly finish_reason: 'stop' | 'error'
  readonly error?: unknown
}

/** The mark at the end of every stream. */
export const DONE = 'data: [DONE]\n\n'

/** A comment: it says nothing, and keeps the connection alive. */
export const KEEP_ALIVE = ':\n\n'

/** The server-sent events of one answer, in the order Langflow sends them. */
export function createResponseRecords({ id, model, createdAt, withResults }: ResponseFacts) {
  const chunk = (delta: { readonly content?: string }, ending?: Ending): string => {
    const { status = null, finish_reason = null, error } = ending ?? {}
    const data = { id, object: 'response.chunk', created: createdAt, model, delta, status, finish_reason }
    return `data: ${JSON.stringify(error === undefined ? data : { ...data, error })}\n\n`
  }
  return {
    /** Also the first, which is empty. */
    text: (content: string): string => chunk({ content }),

    tool(call: ToolCall): string {
      const item = { id: itemIdOf(call), type: 'function_call', status: 'in_progress', name: call.name }
      const at = { item_id: itemIdOf(call), output_index: 0 }
      const text = JSON.stringify(call.input)
      return [
        named('response.output_item.added', { item: { ...item, arguments: '', call_id: callIdOf(call) } }),
        named('response.function_call_arguments.delta', { delta: text, ...at }),
        named('response.function_call_arguments.done', { arguments: text, ...at }),
        named('response.output_item.done', { item: streamedToolItem(call, withResults), output_index: 0 }),
      ].join('')
    },

    completed: (response: ResponseAnswer): string =>
      chunk({}, { status: 'completed', finish_reason: 'stop' }) + named('response.completed', { response }) + DONE,

    /** OpenAI's clients throw at an `error` in a stream. */
    failed: (error: AppError): string =>
      chunk({}, { status: 'failed', finish_reason: 'error', error: responseError(error) }) + DONE,
  }
}

const named = (type: string, data: object): string => `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`
