import { listRuns, type RunRead } from '@runnel/protocol/monitor'
import { client } from '../../api/client.ts'
import type { RunFilter } from '../../api/runs.ts'
import { csvField } from '../../ui/csv-field.ts'

/** Runs of one answer while exporting. */
const PAGE = 100

const COLUMNS: readonly (readonly [string, (run: RunRead) => unknown])[] = [
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

export const runsCsv = (runs: readonly RunRead[]): string =>
  [
    COLUMNS.map(([name]) => name).join(','),
    ...runs.map((run) => COLUMNS.map(([, read]) => csvField(read(run))).join(',')),
  ].join('\r\n')

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
    ? new Blob([`\uFEFF${runsCsv(found)}\r\n`], { type: 'text/csv' })
    : new Blob([found.map((run) => `${JSON.stringify(run)}\n`).join('')], { type: 'application/jsonl' })
}
