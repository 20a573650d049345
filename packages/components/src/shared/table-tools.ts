import { AppError } from '@runnel/protocol/errors'
import { argumentSchema, field, type Tool } from '@runnel/sdk'
import { type Comparison, compares, compareValues, TABLE_COMPARISONS } from './comparison.ts'
import type { Row } from './csv.ts'

const MOST_ROWS = 50
const MEASURES = ['count', 'sum', 'mean', 'min', 'max'] as const
type Measure = (typeof MEASURES)[number]

/** Tools by which a model asks a table: what it holds, some of its rows, and figures on all of them. */
export function tableTools(rows: readonly Row[]): readonly Tool[] {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return [describe(rows, columns), find(rows, columns), measure(rows, columns)]
}

const describe = (rows: readonly Row[], columns: readonly string[]): Tool => ({
  ...named('describe_table', 'Tells how many rows the table has, its columns, and shows the first rows.'),
  inputSchema: { type: 'object', properties: {} },
  call: async () => ({ rows: rows.length, columns, first: rows.slice(0, 5) }),
})

const filterFields = {
  column: field.text({ label: 'Column', info: 'The column to compare. Empty means all rows.' }),
  comparison: field.dropdown({
    label: 'Comparison',
    info: 'How the column is compared with the value.',
    options: TABLE_COMPARISONS,
    default: 'equals',
  }),
  value: field.text({ label: 'Value', info: 'What it is compared with.' }),
}

const find = (rows: readonly Row[], columns: readonly string[]): Tool => ({
  ...named('find_rows', `Gives the rows a comparison holds for, at most ${MOST_ROWS}, and how many there are.`),
  inputSchema: argumentSchema([
    ...Object.entries(filterFields),
    ['sort_by', field.text({ label: 'Sort By', info: 'The column to sort by. Empty means as they are.' })],
    ['descending', field.bool({ label: 'Descending', info: 'The largest first.' })],
  ]),
  async call(asked) {
    const found = filtered(rows, asked, columns)
    const by = columnOf(asked.sort_by, columns)
    const sorted = by === '' ? found : found.toSorted((a, b) => compareValues(a[by], b[by]))
    const ordered = asked.descending === true ? sorted.toReversed() : sorted
    return { count: found.length, rows: ordered.slice(0, MOST_ROWS) }
  },
})

const measure = (rows: readonly Row[], columns: readonly string[]): Tool => ({
  ...named('measure_column', 'Counts rows, or gives the sum, mean, smallest or largest of a column, for each group.'),
  inputSchema: argumentSchema([
    ['measure', field.dropdown({ label: 'Measure', options: MEASURES, default: 'count' })],
    ['of', field.text({ label: 'Of', info: 'The column of numbers. Not needed to count.' })],
    ['group_by', field.text({ label: 'Group By', info: 'A figure for each value of this column. Empty means one.' })],
    ...Object.entries(filterFields),
  ]),
  async call(asked) {
    const found = filtered(rows, asked, columns)
    const [of, by] = [columnOf(asked.of, columns), columnOf(asked.group_by, columns)]
    const how = MEASURES.find((one) => one === asked.measure) ?? 'count'
    if (how !== 'count' && of === '') throw new AppError('invalid_field', ['Name the column of numbers in "of".'])
    if (by === '') return figure(found, how, of) ?? `There are no numbers in ${of}.`
    const groups = Map.groupBy(found, (row) => String(row[by] ?? ''))
    return Object.fromEntries([...groups].map(([name, group]) => [name, figure(group, how, of)]))
  },
})

const named = (name: string, description: string) => ({ kind: 'tool', name, tags: [name], description }) as const

type Asked = Readonly<Record<string, unknown>>

function filtered(rows: readonly Row[], { column, comparison, value }: Asked, columns: readonly string[]) {
  const name = columnOf(column, columns)
  if (name === '') return rows
  const how: Comparison = TABLE_COMPARISONS.find((one) => one === comparison) ?? 'equals'
  return rows.filter((row) => compares(row[name], how, String(value ?? '')))
}

function columnOf(given: unknown, columns: readonly string[]): string {
  const name = typeof given === 'string' ? given.trim() : ''
  if (name === '' || columns.includes(name)) return name
  throw new AppError('invalid_field', [`There is no column ${name}. There are: ${columns.join(', ')}.`])
}

/** Null where there are no numbers. */
function figure(rows: readonly Row[], how: Measure, column: string): number | null {
  if (how === 'count') return rows.length
  const numbers = rows.flatMap((row) => {
    const value = row[column]
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
    return typeof number === 'number' && Number.isFinite(number) ? [number] : []
  })
  if (numbers.length === 0) return null
  const sum = numbers.reduce((total, one) => total + one, 0)
  switch (how) {
    case 'sum':
      return sum
    case 'mean':
      return sum / numbers.length
    case 'min':
    case 'max':
      return numbers.reduce((best, one) => (how === 'min' ? Math.min(best, one) : Math.max(best, one)))
    default:
      return how satisfies never
  }
}
