import { csvField } from '../../ui/csv-field.ts'
import type { BatchRow } from './batch.ts'
import type { InputTable } from './input-table.ts'

/** The names of all that any row gave, in order of first use. */
export const outputNames = (rows: readonly BatchRow[]): readonly string[] => [
  ...new Set(rows.flatMap(({ outputs }) => Object.keys(outputs))),
]

/** The rows of a file with what the flow made of each, as a file of the same kind. */
export function resultsFile(
  { columns, rows }: Pick<InputTable, 'columns' | 'rows'>,
  results: readonly BatchRow[],
  format: 'csv' | 'jsonl',
): string {
  const names = outputNames(results)
  const of = (index: number): BatchRow | undefined => results[index]
  if (format === 'jsonl') {
    return rows
      .map((input, index) => {
        const { status, outputs, error = null, durationMs = null } = of(index) ?? {}
        return `${JSON.stringify({ input, status, outputs, error, duration_ms: durationMs && Math.round(durationMs) })}\n`
      })
      .join('')
  }
  const lines = rows.map((input, index) => {
    const row = of(index)
    return [
      ...columns.map((column) => input[column]),
      row?.status,
      ...names.map((name) => row?.outputs[name]),
      row?.error,
      row?.durationMs === undefined ? '' : Math.round(row.durationMs),
    ]
  })
  const head = [...columns, 'status', ...names, 'error', 'duration_ms']
  // A spreadsheet takes the file for UTF-8 by its mark.
  return `\uFEFF${[head, ...lines].map((cells) => cells.map(csvField).join(',')).join('\r\n')}\r\n`
}
