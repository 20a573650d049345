import { pythonJson } from '@runnel/engine/python-json'
import type { RunEvent, RunListener } from '@runnel/engine/run-event'
import type { AppError } from '@runnel/protocol/errors'
import type { RecordStream } from './event-stream.ts'
import { runFailureText } from './run-failure.ts'
import type { RunAnswer } from './run-service.ts'
import { messageRecord, tokenEnd, tokenRecord, wireRecord } from './wire-record.ts'

/** The record of an event; undefined for what a run's stream does not tell. */
export function wireEvent(event: RunEvent): string | undefined {
  switch (event.type) {
    case 'message-add':
      // A failure ends the stream with an `error` of its own.
      return event.message.category === 'error' ? undefined : messageRecord(event)
    case 'message-delta':
    case 'message-remove':
      return messageRecord(event)
    case 'reasoning-delta':
    case 'run-start':
    case 'node-start':
    case 'node-end':
    case 'node-error':
    case 'tool-start':
    case 'tool-end':
    case 'approval-ask':
    case 'approval-end':
    case 'run-end':
      return undefined
    default:
      return event satisfies never
  }
}

/**
 * Writes the events of one run to a stream, each as `wireEvent` would: what all tokens of a message have in common is made
 * once.
 */
export class WireListener implements RunListener {
  private readonly stream: Pick<RecordStream, 'write' | 'drained'>
  private messageId: string | undefined
  private end = ''

  constructor(stream: Pick<RecordStream, 'write' | 'drained'>) {
    this.stream = stream
  }

  hear(event: RunEvent): void {
    const record = event.type === 'message-delta' ? this.token(event) : wireEvent(event)
    if (record !== undefined) this.stream.write(record)
  }

  drained(): Promise<void> | undefined {
    return this.stream.drained()
  }

  private token(event: Extract<RunEvent, { type: 'message-delta' }>): string {
    if (event.messageId !== this.messageId) {
      this.messageId = event.messageId
      this.end = tokenEnd(event)
    }
    return tokenRecord(event.text, this.end)
  }
}

/** The last record of a run that succeeded, with the plain answer and the text of its chat output. */
export function wireEnd(answer: RunAnswer, chatText: string): string {
  return wireRecord('end', pythonJson({ result: { message: chatText, ...answer } }))
}

/** The last record of a run that failed after its stream had begun. */
export function wireError(error: AppError): string {
  const message = runFailureText(error)
  return wireRecord('error', pythonJson({ error: message, detail: message, code: error.code, status: error.status }))
}
