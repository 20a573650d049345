import { sumUsage } from '@runnel/engine/node-context'
import type { RunEvent } from '@runnel/engine/run-event'
import type { TokenUsage } from '@runnel/protocol/message'
import { RESPONSE_DEFAULTS, type ResponseAnswer, type ResponseBody } from '@runnel/protocol/responses'
import type { PreparedRun } from '../runs/run-service.ts'
import { messageItem, toolItem } from './response-items.ts'
import { createToolCalls, type ToolCall } from './tool-calls.ts'

/** What tells an answer, whole or in pieces, from another. */
export interface ResponseFacts {
  readonly id: string
  readonly model: string
  /** Seconds since 1970. */
  readonly createdAt: number
  readonly previousId: string | null
  /** Tool calls are told with their results. */
  readonly withResults: boolean
}

/** What all records of one answer have in common. `now` in epoch milliseconds. */
export function responseFacts(body: ResponseBody, { sessionId }: PreparedRun, now: number): ResponseFacts {
  return {
    id: sessionId,
    model: body.model,
    createdAt: Math.floor(now / 1000),
    previousId: body.previous_response_id ?? null,
    withResults: body.include?.includes('tool_call.results') === true,
  }
}

/** Gathers what an answer tells beside its text, while the run goes on. */
export function createResponseRun(facts: ResponseFacts) {
  const tools = createToolCalls()
  let usage: TokenUsage | null = null
  return {
    /** The tool calls that came to their end with this event. */
    notice(event: RunEvent): readonly ToolCall[] {
      if (event.type === 'node-end') usage = sumUsage(usage, event.result.usage)
      return event.type === 'message-add' ? tools.endedIn(event.message) : []
    },

    /** The whole answer, once the run has ended. */
    answer(text: string): ResponseAnswer {
      const { id, model, createdAt, previousId, withResults } = facts
      return {
        id,
        object: 'response',
        created_at: createdAt,
        status: 'completed',
        model,
        output: [...tools.all().map((call) => toolItem(call, withResults)), messageItem(id, text)],
        previous_response_id: previousId,
        usage,
        ...RESPONSE_DEFAULTS,
      }
    },
  }
}
export type ResponseRun = ReturnType<typeof createResponseRun>
