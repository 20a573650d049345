import type { MessageRecord } from '@runnel/protocol/message'
import { type Message, message } from '@runnel/sdk'

/** A message as it is stored. Text of a sender is required by then. */
export function toRecord(said: Message, id: string): MessageRecord {
  return {
    id,
    flow_id: said.flow_id,
    run_id: said.run_id,
    session_id: said.session_id,
    context_id: said.context_id,
    timestamp: said.timestamp,
    sender: said.sender ?? 'Machine',
    sender_name: said.sender_name ?? 'AI',
    text: said.text,
    files: said.files,
    error: said.error,
    edit: said.edit,
    properties: said.properties,
    category: said.category,
    content_blocks: said.content_blocks,
  }
}

/** A stored message as a value on an edge. */
export function fromRecord(record: MessageRecord): Message {
  const { text, ...rest } = record
  return message(text, rest)
}
