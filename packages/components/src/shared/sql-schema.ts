import { AppError } from '@runnel/protocol/errors'
import { type DataFrame, dataFrame, markdownTable, type RunContext } from '@runnel/sdk'

type Asking = Pick<RunContext, 'databases' | 'signal'>

/** Stands for a database along the edges of older nodes. */
export interface SqlDatabase {
  readonly kind: 'sql-database'
  readonly url: string
}

/** The address an edge brings. @throws AppError `invalid_field` when there is none. */
export function connectedDatabase(value: unknown): string {
  const given: unknown = Array.isArray(value) ? value[0] : value
  const isOne = typeof given === 'object' && given !== null && 'kind' in given && given.kind === 'sql-database'
  if (isOne && 'url' in given && typeof given.url === 'string') return given.url
  throw new AppError('invalid_field', ['There is no database. Connect an SQL Database.'])
}

const SAMPLE_ROWS = 3
const MAX_TABLES = 200

const isSqlite = (url: string): boolean => /^\s*sqlite/i.test(url)
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`
const identifier = (text: string): string => `"${text.replaceAll('"', '""')}"`

/** Runs a statement. @throws AppError as the port does. */
export async function rowsOf(url: string, statement: string, { databases, signal }: Asking): Promise<DataFrame> {
  const { columns, rows } = await databases.query(url, statement, signal)
  return dataFrame(rows, { columns })
}

/** The names of its tables and views. */
export async function tableNames(url: string, context: Asking): Promise<readonly string[]> {
  const statement = isSqlite(url)
    ? "select name from sqlite_master where type in ('table', 'view') and name not like 'sqlite_%' order by name"
    : 'select table_name as name from information_schema.tables where table_schema = any (current_schemas(false)) order by 1'
  const { rows } = await rowsOf(url, statement, context)
  return rows.slice(0, MAX_TABLES).map(({ name }) => String(name))
}

/** What a model is told of tables: their columns, and a few rows of each. */
export async function describeTables(url: string, tables: readonly string[], context: Asking): Promise<string> {
  const known = new Set(await tableNames(url, context))
  const texts: string[] = []
  for (const table of tables) {
    if (!known.has(table)) throw new AppError('bad_request', [`there is no table "${table}"`])
    const columns = isSqlite(url)
      ? await rowsOf(url, `select name, type from pragma_table_info(${literal(table)})`, context)
      : await rowsOf(
          url,
          `select column_name as name, data_type as type from information_schema.columns where table_name = ${literal(table)} and table_schema = any (current_schemas(false)) order by ordinal_position`,
          context,
        )
    const list = columns.rows.map(({ name, type }) => `  ${identifier(String(name))} ${String(type)}`).join(',\n')
    const sample = await rowsOf(url, `select * from ${identifier(table)} limit ${SAMPLE_ROWS}`, context)
    texts.push(`CREATE TABLE ${identifier(table)} (\n${list}\n)\n${SAMPLE_ROWS} rows of it:\n${markdownTable(sample)}`)
  }
  return texts.join('\n\n')
}
