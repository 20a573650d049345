import { wireMessageEvent } from '@runnel/engine/wire-message'
import { wireTime } from '@runnel/engine/wire-time'
import type { MessageRecord } from '@runnel/protocol/message'
import type { MessageRow } from '@runnel/protocol/monitor-messages'

/** A message as lists show it: `files` is JSON in a string. */
export const toMessageRow = (record: MessageRecord): MessageRow => ({
  id: record.id,
  flow_id: record.flow_id,
  timestamp: wireTime(record.timestamp),
  sender: record.sender,
  sender_name: record.sender_name,
  session_id: record.session_id,
  context_id: record.context_id,
  text: record.text,
  files: JSON.stringify(record.files),
  error: record.error,
  edit: record.edit,
  duration: null,
  properties: { ...record.properties },
  category: record.category,
  content_blocks: [...record.content_blocks],
  session_metadata: record.run_id === null ? null : { graph_run_id: record.run_id },
  run_id: record.run_id,
})

/** A message as an edit answers it: `files` is a list. */
export const toMessageRead = wireMessageEvent
