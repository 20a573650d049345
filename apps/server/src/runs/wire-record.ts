import { pythonJson, textJson } from '@runnel/engine/python-json'
import type { RunEvent } from '@runnel/engine/run-event'
import { wireMessageEvent } from '@runnel/engine/wire-message'
import { wireTime } from '@runnel/engine/wire-time'

/**
 * One record of an event stream: a JSON object on one line and two newlines, in Python's spacing, ASCII
 * only. `json` is the text of `data`.
 */
export function wireRecord(event: string, json: string): string {
  return `{"event": "${event}", "data": ${json}}\n\n`
}

/** What becomes of the messages of a run. */
export type MessageEvent = Extract<RunEvent, { readonly type: `message-${string}` }>

/**
 * The record of a message that is new, has changed, grows or is withdrawn. `show` gives the `data` of a whole message;
 * flat unless said.
 */
export function messageRecord(
  event: MessageEvent,
  show: (message: Extract<MessageEvent, { readonly type: 'message-add' }>['message']) => unknown = wireMessageEvent,
): string {
  switch (event.type) {
    case 'message-add':
      return wireRecord('add_message', pythonJson(show(event.message)))
    case 'message-delta':
      return tokenRecord(event.text, tokenEnd(event))
    case 'message-remove':
      return wireRecord('remove_message', pythonJson({ id: event.messageId }))
    default:
      return event satisfies never
  }
}

/** The record of a token; `end` is what stands behind its text, the same for all tokens of a message. */
export const tokenRecord = (text: string, end: string): string =>
  `{"event": "token", "data": {"chunk": ${textJson(text)}${end}`

/** What stands behind the text of each token of this one's message. Joined, so that it is one text and no tree of texts. */
export const tokenEnd = ({ messageId, timestamp }: Extract<RunEvent, { readonly type: 'message-delta' }>): string =>
  [', "id": "', messageId, '", "timestamp": "', wireTime(timestamp), '"}}\n\n'].join('')
