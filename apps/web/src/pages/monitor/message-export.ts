import { listMessages, type MessageRow } from '@runnel/protocol/monitor-messages'
import { client } from '../../api/client.ts'
import type { MessageFilter } from '../../api/monitor.ts'
import { csvField } from '../../ui/csv-field.ts'

const COLUMNS = [
  'timestamp',
  'flow_id',
  'session_id',
  'sender',
  'sender_name',
  'text',
  'files',
  'category',
  'error',
] as const
/** Messages of one answer while exporting. */
const PAGE = 5000

export const csvOf = (messages: readonly MessageRow[]): string =>
  messages.map((message) => COLUMNS.map((column) => csvField(message[column])).join(',')).join('\r\n')

/** All messages of a filter, the newest first, as one file. */
export async function exportMessages(filter: MessageFilter, total: number, format: 'csv' | 'jsonl'): Promise<Blob> {
  const parts: string[] = format === 'csv' ? [`\uFEFF${COLUMNS.join(',')}\r\n`] : []
  for (let offset = 0; offset < total; offset += PAGE) {
    const page = await client.call(listMessages, { query: { ...filter, order: 'DESC', limit: PAGE, offset } })
    if (page.length === 0) break
    parts.push(format === 'csv' ? `${csvOf(page)}\r\n` : page.map((message) => `${JSON.stringify(message)}\n`).join(''))
  }
  return new Blob(parts, { type: format === 'csv' ? 'text/csv' : 'application/jsonl' })
}
