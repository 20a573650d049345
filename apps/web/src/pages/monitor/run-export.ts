import { listRuns, type RunRead } from '@runnel/protocol/monitor'
import { client } from '../../api/client.ts'
import type { RunFilter } from '../../api/runs.ts'
import { type CsvColumn, csvHead, csvLines } from '../../ui/csv-lines.ts'

/** Runs of one answer while exporting. */
const PAGE = 100

const COLUMNS: readonly CsvColumn<RunRead>[] = [
  ['id', ({ id }) => id],
  ['flow_id', ({ flow_id: id }) => id],
  ['session_id', ({ session_id: id }) => id],
  ['kind', ({ kind }) => kind],
  ['status', ({ status }) => status],
  ['started_at', ({ started_at: at }) => at],
  ['duration_ms', ({ duration_ms: ms }) => ms],
  ['input_tokens', ({ token_usage: { input_tokens: count } }) => count],
  ['output_tokens', ({ token_usage: { output_tokens: count } }) => count],
  ['cost', ({ cost }) => cost],
  ['failed_component', ({ failed_component: id }) => id],
  ['error', ({ error }) => error],
  ['input', ({ input }) => input],
  ['output', ({ output }) => output],
  ['key_id', ({ key_id: id }) => id],
  ['published_version', ({ published_version: version }) => version],
]

export const runsCsv = (runs: readonly RunRead[]): string => `${csvHead(COLUMNS)}${csvLines(COLUMNS, runs)}`

/** All runs of a filter, the newest first, as one file. */
export async function exportRuns(filter: RunFilter, format: 'csv' | 'jsonl'): Promise<Blob> {
  const found: RunRead[] = []
  for (let before: string | undefined; ; ) {
    const { runs, next } = await client.call(listRuns, { query: { ...filter, limit: PAGE, ...(before && { before }) } })
    found.push(...runs)
    if (next === null) break
    before = next
  }
  return format === 'csv'
    ? new Blob([runsCsv(found)], { type: 'text/csv' })
    : new Blob([found.map((run) => `${JSON.stringify(run)}\n`).join('')], { type: 'application/jsonl' })
}
