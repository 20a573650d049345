import { AppError } from '@runnel/protocol/errors'
import { type DataFrame, dataFrame, pyStr } from '@runnel/sdk'
import { type Comparison, compares, compareValues } from './comparison.ts'

export interface TableSettings {
  readonly column_name: string
  readonly filter_value: string
  readonly filter_operator: Comparison
  readonly ascending: boolean
  readonly new_column_name: string
  readonly new_column_value: string
  readonly columns_to_select: readonly string[]
  readonly num_rows: number
  readonly replace_value: string
  readonly replacement_value: string
  readonly left_dataframe: DataFrame | undefined
  readonly right_dataframe: DataFrame | undefined
  readonly merge_on_column: string
  readonly merge_how: 'inner' | 'outer' | 'left' | 'right'
}

type Row = DataFrame['rows'][number]
type Operation = (table: DataFrame, settings: TableSettings, all: readonly DataFrame[]) => DataFrame

const operations: Readonly<Record<string, Operation>> = {
  'Add Column': (table, { new_column_name: name, new_column_value: value }) =>
    withRows(
      table,
      table.rows.map((row) => ({ ...row, [name]: value })),
      [...new Set([...table.columns, name])],
    ),
  'Drop Column': (table, { column_name }) => {
    check(table, column_name)
    return selected(
      table,
      table.columns.filter((name) => name !== column_name),
    )
  },
  Filter: (table, { column_name, filter_operator, filter_value }) => {
    check(table, column_name)
    return withRows(
      table,
      table.rows.filter((row) => compares(row[column_name], filter_operator, filter_value)),
    )
  },
  Head: (table, { num_rows }) => withRows(table, table.rows.slice(0, num_rows)),
  Tail: (table, { num_rows }) => withRows(table, num_rows > 0 ? table.rows.slice(-num_rows) : []),
  'Rename Column': (table, { column_name, new_column_name }) => {
    check(table, column_name)
    const renamed = (name: string) => (name === column_name ? new_column_name : name)
    return withRows(
      table,
      table.rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, cell]) => [renamed(name), cell]))),
      table.columns.map(renamed),
    )
  },
  'Replace Value': (table, { column_name, replace_value, replacement_value }) => {
    check(table, column_name)
    const replaced = (row: Row) =>
      pyStr(row[column_name]) === replace_value ? { ...row, [column_name]: replacement_value } : row
    return withRows(table, table.rows.map(replaced))
  },
  'Select Columns': (table, { columns_to_select }) => {
    const names = columns_to_select.map((name) => name.trim()).filter((name) => name !== '')
    for (const name of names) check(table, name)
    return selected(table, names)
  },
  Sort: (table, { column_name, ascending }) => {
    check(table, column_name)
    const sign = ascending ? 1 : -1
    return withRows(
      table,
      table.rows.toSorted((a, b) => sign * compareValues(a[column_name], b[column_name])),
    )
  },
  'Drop Duplicates': (table, { column_name }) => {
    check(table, column_name)
    const seen = new Set<string>()
    const isNew = (row: Row) => {
      const key = JSON.stringify([row[column_name] ?? null])
      return !seen.has(key) && seen.add(key)
    }
    return withRows(table, table.rows.filter(isNew))
  },
  Concatenate: (table, _, all) =>
    dataFrame(
      all.flatMap(({ rows }) => rows),
      { columns: [...new Set(all.flatMap(({ columns }) => columns))], text_key: table.text_key },
    ),
  Merge: (table, settings, all) =>
    merge(settings.left_dataframe ?? table, settings.right_dataframe ?? all[1], settings),
}

/**
 * What an operation makes of a table; without one the table itself.
 * @throws AppError `invalid_field` for an operation or column there is not.
 */
export function changeTable(
  operation: string | undefined,
  tables: readonly DataFrame[],
  settings: TableSettings,
): DataFrame {
  const [table = dataFrame([])] = tables
  if (operation === undefined) return table
  const change = Object.hasOwn(operations, operation) ? operations[operation] : undefined
  if (!change) throw new AppError('invalid_field', [`Unsupported operation: ${operation}`])
  return change(table, settings, tables)
}

function check(table: DataFrame, column: string): void {
  if (table.columns.includes(column)) return
  throw new AppError('invalid_field', [`Column '${column}' not found. Columns: ${table.columns.join(', ') || 'none'}.`])
}

const withRows = (table: DataFrame, rows: readonly Row[], columns = table.columns): DataFrame =>
  dataFrame(rows, { columns, text_key: table.text_key })

const selected = (table: DataFrame, names: readonly string[]): DataFrame =>
  withRows(
    table,
    table.rows.map((row) => Object.fromEntries(names.map((name) => [name, row[name] ?? null]))),
    names,
  )

/** Rows of two tables that agree in a column; of other columns both have, the left value counts. */
function merge(
  left: DataFrame,
  right: DataFrame | undefined,
  { merge_on_column: on, merge_how: how }: Pick<TableSettings, 'merge_on_column' | 'merge_how'>,
): DataFrame {
  if (!right) throw new AppError('invalid_field', ['Merge needs two tables. Connect a left and a right one.'])
  check(left, on)
  check(right, on)
  const keyOf = (row: Row) => JSON.stringify([row[on] ?? null])
  const byKey = Map.groupBy(right.rows, keyOf)
  const matched = new Set<string>()
  const columns = [...new Set([...left.columns, ...right.columns])]
  const whole = (row: Row) => Object.fromEntries(columns.map((name) => [name, row[name] ?? null]))
  const rows = left.rows.flatMap((row) => {
    const partners = byKey.get(keyOf(row))
    if (!partners) return how === 'left' || how === 'outer' ? [whole(row)] : []
    matched.add(keyOf(row))
    return partners.map((partner) => whole({ ...partner, ...withoutMissing(row) }))
  })
  const alone = how === 'right' || how === 'outer' ? right.rows.filter((row) => !matched.has(keyOf(row))) : []
  return dataFrame([...rows, ...alone.map(whole)], { columns, text_key: left.text_key })
}

const withoutMissing = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== null && cell !== undefined))
