import { AppError, messageOf } from '@runnel/protocol/errors'
import { type DataFrame, dataFrame, defineComponent, field, message, type RunArguments } from '@runnel/sdk'
import { oncePerBuild } from '../shared/build-memo.ts'
import { rowsAsData } from '../shared/older-search.ts'

const inputs = {
  database_url: field.text({
    label: 'Database URL',
    info: 'postgresql://user:password@host/database, or sqlite:///name for a file of yours.',
    required: true,
  }),
  query: field.multiline({ label: 'SQL Query', info: 'One statement.', required: true, tool: true }),
  include_columns: field.bool({
    label: 'Include Columns',
    info: 'Name the columns of the result; otherwise they are numbered.',
    default: true,
    advanced: true,
    extra: { tool_mode: true },
  }),
  add_error: field.bool({
    label: 'Add Error',
    info: 'Give what went wrong as a row instead of failing.',
    advanced: true,
    extra: { tool_mode: true },
  }),
} as const
type Args = RunArguments<typeof inputs>

export const sqlDatabase = defineComponent({
  type: 'SQLComponent',
  aliases: ['SQLExecutor', 'SQLExecutorComponent'],
  displayName: 'SQL Database',
  description: 'Runs a SQL statement on a database of yours and gives the rows.',
  icon: 'database',
  category: 'data_source',
  metadata: { keywords: ['sql', 'database', 'query', 'db', 'fetch'] },
  inputs,
  outputs: {
    run_sql_query: {
      type: 'DataFrame',
      label: 'Result Table',
      method: 'run_sql_query',
      run: result,
    },
    // What nodes of 1.4 call the same rows.
    dataframe: {
      type: 'DataFrame',
      label: 'DataFrame',
      method: 'build_dataframe',
      hidden: true,
      tool: false,
      run: result,
    },
    data: rowsAsData('build_data', rowsOfResult),
    text: {
      type: 'Message',
      label: 'Message',
      method: 'build_component',
      hidden: true,
      tool: 'named',
      run: async (args) => message(JSON.stringify(await rowsOfResult(args))),
    },
  },
})

async function rowsOfResult(args: Args) {
  return (await result(args)).rows
}

/** One statement for all outputs. */
function result(args: Args): Promise<DataFrame> {
  return oncePerBuild(args.context, 'result', () => rowsOrWhyNot(args))
}

async function rowsOrWhyNot(args: Args): Promise<DataFrame> {
  try {
    return await rowsOf(args)
  } catch (error) {
    args.context.signal.throwIfAborted()
    if (!(error instanceof AppError)) throw error
    const during = error.code === 'bad_request' ? 'running the SQL Query' : 'connecting to the database'
    const why = `An error occurred while ${during}: ${messageOf(error)}`
    if (args.inputs.add_error) return dataFrame([{ error: why }])
    throw new AppError(error.code === 'address_refused' ? 'bad_request' : error.code, [why], { cause: error })
  }
}

async function rowsOf({ inputs: chosen, context }: Args): Promise<DataFrame> {
  if (chosen.database_url.trim() === '') throw new AppError('invalid_field', ['the Database URL is empty'])
  const { columns, rows, isCut } = await context.databases.query(chosen.database_url, chosen.query, context.signal)
  if (isCut) context.log('SQL Database', `Only the first ${rows.length} rows are given.`)
  if (chosen.include_columns) return dataFrame(rows, { columns })
  const numbers = columns.map((_, index) => String(index))
  const numbered = rows.map((row) => Object.fromEntries(columns.map((name, index) => [String(index), row[name]])))
  return dataFrame(numbered, { columns: numbers })
}
