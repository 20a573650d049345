import { listMessages, type MessageRow } from '@runnel/protocol/monitor-messages'
import { client } from '../../api/client.ts'
import type { MessageFilter } from '../../api/monitor.ts'
import { type CsvColumn, csvHead, csvLines } from '../../ui/csv-lines.ts'
import { messageTokens, thumbOf } from './message-columns.ts'

const COLUMNS: readonly CsvColumn<MessageRow>[] = [
  ['timestamp', ({ timestamp }) => timestamp],
  ['flow_id', ({ flow_id: id }) => id],
  ['session_id', ({ session_id: id }) => id],
  ['sender', ({ sender }) => sender],
  ['sender_name', ({ sender_name: name }) => name],
  ['text', ({ text }) => text],
  ['files', ({ files }) => files],
  ['category', ({ category }) => category],
  ['error', ({ error }) => error],
  ['edited', ({ edit }) => edit],
  ['feedback', thumbOf],
  ['tokens', messageTokens],
]
/** Messages of one answer while exporting. */
const PAGE = 5000

/** All messages of a filter, the newest first, as one file. */
export async function exportMessages(filter: MessageFilter, total: number, format: 'csv' | 'jsonl'): Promise<Blob> {
  const parts: string[] = format === 'csv' ? [csvHead(COLUMNS)] : []
  for (let offset = 0; offset < total; offset += PAGE) {
    const page = await client.call(listMessages, { query: { ...filter, order: 'DESC', limit: PAGE, offset } })
    if (page.length === 0) break
    parts.push(
      format === 'csv' ? csvLines(COLUMNS, page) : page.map((message) => `${JSON.stringify(message)}\n`).join(''),
    )
  }
  return new Blob(parts, { type: format === 'csv' ? 'text/csv' : 'application/jsonl' })
}
