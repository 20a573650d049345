import { serviceAccountIn } from '@runnel/models/service-account'
import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import { type DataFrame, dataFrame, defineComponent, field, type RunArguments } from '@runnel/sdk'
import { objectsIn, textIn } from '../shared/ask-service.ts'
import { columnsOf, rowOf } from '../shared/big-query-rows.ts'
import { doing, googleApi, googleToken } from '../shared/google-access.ts'
import { statementIn } from '../shared/sql-text.ts'

const inputs = {
  service_account_json_file: field.files({
    label: 'Upload Service Account JSON',
    info: 'The JSON file of a service account of Google Cloud.',
    fileTypes: ['json'],
    required: true,
    extra: { list: false },
  }),
  query: field.text({
    label: 'SQL Query',
    info: 'The statement to run.',
    required: true,
    tool: true,
  }),
  clean_query: field.bool({
    label: 'Clean Query',
    info: 'Takes the statement out of what a model has written around it.',
    advanced: true,
  }),
} as const
type Args = RunArguments<typeof inputs>

export const bigQuery = defineComponent({
  type: 'BigQueryExecutor',
  aliases: ['BigQueryExecutorComponent'],
  displayName: 'BigQuery',
  description: 'Runs a statement of SQL on Google BigQuery.',
  icon: 'Google',
  category: 'google',
  beta: true,
  inputs,
  outputs: {
    query_results: { type: 'DataFrame', label: 'Query Results', method: 'execute_sql', run: executed },
  },
})

const SCOPE = 'https://www.googleapis.com/auth/bigquery'
const BASE = 'https://bigquery.googleapis.com/bigquery/v2/projects'
/** As many as flows are given by any other database. */
const MOST_ROWS = 10_000
/** How long BigQuery is asked to wait with one answer. */
const WAIT_MS = 10_000

async function executed({ inputs: { service_account_json_file, query, clean_query }, context }: Args) {
  const [path] = service_account_json_file
  if (path === undefined) throw new AppError('invalid_field', ['Choose the JSON file of a service account.'])
  const json = new TextDecoder().decode((await context.files.read(path)).bytes)
  const account = serviceAccountIn(json)
  if (!account) throw new AppError('invalid_field', ['Invalid JSON string for service account credentials'])
  if (account.projectId === '') {
    throw new AppError('invalid_field', ['No project_id found in service account credentials file.'])
  }
  const statement = clean_query ? statementIn(query) : query
  if (statement.trim() === '') throw new AppError('invalid_field', ['No valid SQL query found in input text.'])
  const project = `${BASE}/${encodeURIComponent(account.projectId)}`
  return doing('Error executing BigQuery SQL query', context, async () => {
    const api = googleApi(await googleToken(json, [SCOPE], context), context)
    const asked = { query: statement, useLegacySql: false, timeoutMs: WAIT_MS, maxResults: MOST_ROWS }
    return rowsOf(await api.ask(`${project}/queries`, asked), (path) => api.ask(project + path))
  })
}

/** All rows of a job: waits until it has ended, and turns its pages. */
async function rowsOf(first: JsonObject, ask: (path: string) => Promise<JsonObject>): Promise<DataFrame> {
  const { jobId, location } = isObject(first.jobReference) ? first.jobReference : {}
  const next = (pageToken: string) =>
    ask(
      `/queries/${encodeURIComponent(textIn(jobId))}?${new URLSearchParams({
        timeoutMs: String(WAIT_MS),
        maxResults: String(MOST_ROWS),
        ...(textIn(location) !== '' && { location: textIn(location) }),
        ...(pageToken !== '' && { pageToken }),
      })}`,
    )
  let answer = first
  while (answer.jobComplete !== true) answer = await next('')
  const columns = columnsOf(answer.schema)
  const rows: JsonObject[] = []
  for (;;) {
    rows.push(...objectsIn(answer.rows).map((row) => rowOf(row, columns)))
    const page = textIn(answer.pageToken)
    if (page === '' || rows.length >= MOST_ROWS) break
    answer = await next(page)
  }
  return dataFrame(rows.slice(0, MOST_ROWS), { columns: columns.map(({ name }) => name) })
}
