import { AppError, messageOf } from '@runnel/protocol/errors'
import { toText } from '@runnel/sdk'

export type Row = Readonly<Record<string, unknown>>

/**
 * The rows of a CSV text whose first line names the columns; all cells are text.
 * @throws AppError `invalid_field` when it cannot be read.
 */
export async function parseCsv(text: string, delimiter = ','): Promise<readonly Readonly<Record<string, string>>[]> {
  const { parse } = await import('csv-parse/sync')
  try {
    const records: string[][] = parse(text, {
      bom: true,
      delimiter,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
    })
    const [header = [], ...rows] = records
    const columns = uniqueNames(header)
    return rows.map((cells) => Object.fromEntries(columns.map((name, index) => [name, cells[index] ?? ''])))
  } catch (cause) {
    throw new AppError('invalid_field', [`The CSV cannot be read: ${messageOf(cause)}`], { cause })
  }
}

/** `a`, `a.1`, `a.2` for columns of one name; a column without a name is called by its place. */
export function uniqueNames(header: readonly string[]): readonly string[] {
  const taken = new Set<string>()
  return header.map((cell, index) => {
    const wanted = cell.trim() === '' ? `Unnamed: ${index}` : cell
    let name = wanted
    for (let copy = 1; taken.has(name); copy++) name = `${wanted}.${copy}`
    taken.add(name)
    return name
  })
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const MISSING = new Set(['', 'NA', 'N/A', 'NaN', 'nan', 'null', 'NULL', 'None', '#N/A'])

/** Rows of texts with columns that hold only numbers, or only true and false, turned into such values. */
export function withTypes(rows: readonly Readonly<Record<string, string>>[]): readonly Row[] {
  const names = Object.keys(rows[0] ?? {})
  const readers = names.map((name) => {
    const cells = rows.map((row) => row[name]?.trim() ?? '').filter((cell) => !MISSING.has(cell))
    if (cells.length > 0 && cells.every((cell) => NUMBER.test(cell))) return Number
    if (cells.length > 0 && cells.every((cell) => /^(true|false)$/i.test(cell))) {
      return (cell: string) => cell.toLowerCase() === 'true'
    }
    return undefined
  })
  return rows.map((row) =>
    Object.fromEntries(
      names.map((name, index) => {
        const cell = row[name] ?? ''
        const read = readers[index]
        if (MISSING.has(cell.trim())) return [name, null]
        return [name, read ? read(cell.trim()) : cell]
      }),
    ),
  )
}

/** A table as CSV, with a line that names the columns unless told otherwise. */
export function writeCsv(columns: readonly string[], rows: readonly Row[], { header = true } = {}): string {
  const lines = rows.map((row) => columns.map((name) => quoted(cellText(row[name]))).join(','))
  return [...(header ? [columns.map(quoted).join(',')] : []), ...lines].map((line) => `${line}\n`).join('')
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** What a cell of a file shows: nothing for a missing value, JSON for what is no plain value. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  return typeof value === 'object' ? JSON.stringify(value) : toText(value)
}
