import { parseDelimited } from '../../editor/editors/delimited-text.ts'

/** Rows to run a flow with, as a file has them. */
export interface InputTable {
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: readonly Readonly<Record<string, string>>[]
}

/** Names of files that are read, by their endings. */
export const TABLE_FILES = '.csv,.tsv,.jsonl,.ndjson'
/** Each is a run of its own. */
export const MAX_ROWS = 5000

/**
 * Reads a table: of JSON Lines the keys of the objects are the columns, of CSV and TSV the first line names them.
 * @throws SyntaxError for a line that is no JSON object
 */
export function readTable(name: string, text: string): InputTable {
  const content = text.replace(/^\uFEFF/, '')
  return /\.(jsonl|ndjson)$/i.test(name) ? ofJsonLines(name, content) : ofCells(name, content)
}

function ofCells(name: string, text: string): InputTable {
  const isTabs = /\.tsv$/i.test(name) || (text.split('\n', 1)[0] ?? '').includes('\t')
  const [head = [], ...lines] = parseDelimited(text, isTabs ? '\t' : ',')
  const columns = unique(head.map((title, index) => title.trim() || String(index + 1)))
  const rows = lines
    .filter((cells) => cells.some((cell) => cell.trim() !== ''))
    .map((cells) => Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ''])))
  return { name, columns, rows }
}

function ofJsonLines(name: string, text: string): InputTable {
  const rows = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const value: unknown = JSON.parse(line)
      if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SyntaxError(line.slice(0, 80))
      return Object.fromEntries(Object.entries(value).map(([key, cell]) => [key, textOf(cell)]))
    })
  return { name, columns: [...new Set(rows.flatMap((row) => Object.keys(row)))], rows }
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value)

/** Two columns of one name would be one. */
function unique(names: readonly string[]): readonly string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    let free = name
    for (let count = 2; taken.has(free); count++) free = `${name} (${count})`
    taken.add(free)
    return free
  })
}
