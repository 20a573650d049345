import { escapeNonAscii, spaceOut } from '@runnel/engine/flow-file'
import type { RunEvent } from '@runnel/engine/run-event'
import { wireMessageEvent } from '@runnel/engine/wire-message'
import { wireTime } from '@runnel/engine/wire-time'
import type { AppError } from '@runnel/protocol/errors'
import { runFailureText } from './run-failure.ts'

/**
 * One record of a run's stream (api.md, 3.1.9): a JSON object on one line and two newlines, in Python's spacing, ASCII
 * only. `json` is the text of `data`.
 */
function wireRecord(event: string, json: string): string {
  return `{"event": "${event}", "data": ${json}}\n\n`
}

/** JSON as the streams carry it. */
const wireJson = (value: unknown): string => escapeNonAscii(spaceOut(JSON.stringify(value)))

/** The record of an event; undefined for what a run's stream does not tell. */
export function wireEvent(event: RunEvent): string | undefined {
  switch (event.type) {
    case 'message-add':
      // A failure ends the stream with an `error` of its own.
      return event.message.category === 'error'
        ? undefined
        : wireRecord('add_message', wireJson(wireMessageEvent(event.message)))
    case 'message-delta':
      return wireRecord('token', tokenJson(event.messageId, event.text, event.timestamp))
    case 'message-remove':
      return wireRecord('remove_message', wireJson({ id: event.messageId }))
    case 'run-start':
    case 'node-start':
    case 'node-end':
    case 'node-error':
    case 'tool-start':
    case 'tool-end':
    case 'run-end':
      return undefined
    default:
      return event satisfies never
  }
}

function tokenJson(id: string, chunk: string, timestamp: number): string {
  return `{"chunk": ${escapeNonAscii(JSON.stringify(chunk))}, "id": "${id}", "timestamp": "${wireTime(timestamp)}"}`
}

/** The last record of a run that succeeded. `answer` is the JSON text of the plain answer. */
export function wireEnd(answer: string, chatText: string): string {
  const result = `{"message":${JSON.stringify(chatText)},${answer.slice(1)}`
  return wireRecord('end', escapeNonAscii(spaceOut(`{"result":${result}}`)))
}

/** The last record of a run that failed after its stream had begun. */
export function wireError(error: AppError): string {
  const message = runFailureText(error)
  return wireRecord('error', wireJson({ error: message, detail: message, code: error.code, status: error.status }))
}
