import type { MessageRecord } from '@runnel/protocol/message'
import type { Message } from '@runnel/sdk'
import { wireIsoTime, wireTime } from './wire-time.ts'

/** A message as `add_message` events and the monitor send it: flat. */
export function wireMessageEvent(record: MessageRecord): Readonly<Record<string, unknown>> {
  return {
    timestamp: wireTime(record.timestamp),
    sender: record.sender,
    sender_name: record.sender_name,
    session_id: record.session_id,
    context_id: record.context_id,
    text: record.text,
    files: record.files,
    error: record.error,
    edit: record.edit,
    properties: record.properties,
    category: record.category,
    content_blocks: record.content_blocks,
    session_metadata: record.run_id === null ? null : { graph_run_id: record.run_id },
    id: record.id,
    flow_id: record.flow_id,
    run_id: record.run_id,
    duration: null,
  }
}

/** A message inside a result: its fields twice, in `data` and beside it. */
export function wireMessage(said: Message, componentId?: string): Readonly<Record<string, unknown>> {
  const shared = {
    sender: said.sender,
    sender_name: said.sender_name,
    session_id: said.session_id,
    context_id: said.context_id,
    files: said.files,
    error: said.error,
    edit: said.edit,
    properties: said.properties,
    category: said.category,
    content_blocks: said.content_blocks,
    session_metadata: said.run_id === null ? null : { graph_run_id: said.run_id },
    flow_id: said.flow_id,
    run_id: said.run_id,
    duration: null,
  }
  return {
    text_key: 'text',
    data: {
      timestamp: wireTime(said.timestamp),
      ...shared,
      text: said.text,
      ...(said.id !== null && { id: said.id }),
      ...said.extra,
    },
    default_value: '',
    text: said.text,
    timestamp: wireIsoTime(said.timestamp),
    ...shared,
    ...(componentId !== undefined && { component_id: componentId }),
  }
}
