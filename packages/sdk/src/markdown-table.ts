import { pyStr } from './python-text.ts'
import type { DataFrame } from './values.ts'

/**
 * A table in Markdown, columns padded to one width and numbers to the right. Pipes are escaped and line ends become
 * `<br/>`, so that every row stays one line. With `clean`, rows without any value are left out, blank cells are
 * emptied and runs of line ends count once. A table without columns is the empty text.
 */
export function markdownTable(
  { columns, rows }: Pick<DataFrame, 'columns' | 'rows'>,
  { clean = false }: { readonly clean?: boolean } = {},
): string {
  if (columns.length === 0) return ''
  const shown = clean ? rows.filter((row) => columns.some((name) => hasValue(row, name))) : rows
  const table = columns.map((name) => {
    const cells = shown.map((row) => (Object.hasOwn(row, name) ? cellText(row[name], clean) : ''))
    return column(cellText(name, false), cells)
  })
  const line = (parts: readonly string[]) => `| ${parts.join(' | ')} |`
  return [
    line(table.map(({ header }) => header)),
    `|${table.map(({ rule }) => rule).join('|')}|`,
    ...shown.map((_, index) => line(table.map(({ cells }) => cells[index] ?? ''))),
  ].join('\n')
}

const hasValue = (row: Readonly<Record<string, unknown>>, name: string): boolean =>
  Object.hasOwn(row, name) && row[name] !== null && row[name] !== undefined

function cellText(value: unknown, clean: boolean): string {
  const text = value === undefined ? '' : pyStr(value).replaceAll('\r\n', '\n')
  const kept = clean ? text.replace(/^\s+$/, '').replace(/\n+/g, '\n') : text
  return kept.replaceAll('|', '\\|').replaceAll('\n', '<br/>').replaceAll('\r', ' ')
}

const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i

interface Column {
  readonly header: string
  readonly rule: string
  readonly cells: readonly string[]
}

/** Headers keep two blanks to spare, as the tables of Langflow do. */
function column(header: string, cells: readonly string[]): Column {
  const filled = cells.filter((cell) => cell !== '')
  const numeric = filled.length > 0 && filled.every((cell) => NUMBER.test(cell))
  const width = Math.max(length(header) + 2, ...cells.map(length))
  const pad = (text: string) => {
    const blanks = ' '.repeat(width - length(text))
    return numeric ? blanks + text : text + blanks
  }
  const dashes = '-'.repeat(width + 1)
  return { header: pad(header), rule: numeric ? `${dashes}:` : `:${dashes}`, cells: cells.map(pad) }
}

const length = (text: string): number => Array.from(text).length
