import { AppError } from '@runnel/protocol/errors'
import { defineComponent, field, type RunContext, type Tool } from '@runnel/sdk'
import { connectedAgentFields } from '../shared/connected-agent.ts'
import { toolModelFields } from '../shared/model-fields.ts'
import { answerWithOwnTools, ownTool } from '../shared/own-tools.ts'
import { describeTables, rowsOf, tableNames } from '../shared/sql-schema.ts'

const { handle_parsing_errors, verbose, max_iterations, input_value } = connectedAgentFields

const SYSTEM = `You answer questions about a SQL database.

- List its tables first, then look at the columns of those you need. Never guess names.
- Write one query for what is asked, with the columns it needs and at most 10 rows unless more are asked for.
- When a query fails, read why, mend it and try again.
- Change nothing: no INSERT, UPDATE, DELETE or DROP.
- Answer from what the queries gave and nothing else; say so when the question is not about the database.`

export const sqlAgent = defineComponent({
  type: 'SQLAgent',
  aliases: ['SQLAgentComponent'],
  displayName: 'SQL Agent',
  description: 'Answers questions about a database by asking it.',
  icon: 'LangChain',
  category: 'langchain_utilities',
  inputs: {
    handle_parsing_errors,
    verbose,
    max_iterations,
    input_value,
    ...toolModelFields,
    database_uri: field.text({
      label: 'Database URI',
      info: 'postgresql://user:password@host/database, or sqlite:///name for a file of yours.',
      required: true,
    }),
    extra_tools: field.handle({
      label: 'Extra Tools',
      info: 'What the agent may call besides.',
      accepts: ['Tool'],
      list: true,
      advanced: true,
    }),
  },
  outputs: {
    response: {
      type: 'Message',
      label: 'Response',
      method: 'message_response',
      async run(args) {
        const { inputs, context } = args
        const url = inputs.database_uri.trim()
        if (url === '') throw new AppError('invalid_field', ['The Database URI is empty.'])
        return answerWithOwnTools(args, {
          tools: [...databaseTools(url, context), ...inputs.extra_tools],
          system: SYSTEM,
        })
      },
    },
  },
})

/** The tools of LangChain's toolkit for databases, under its names. */
const databaseTools = (url: string, context: RunContext): readonly Tool[] => [
  ownTool('sql_db_list_tables', 'Gives the names of the tables.', {}, async () =>
    (await tableNames(url, context)).join(', '),
  ),
  ownTool(
    'sql_db_schema',
    'Gives the columns of tables and a few of their rows. Be sure that the tables exist.',
    { table_names: field.text({ label: 'Table Names', info: 'With commas between them.', required: true }) },
    async ({ table_names }) => {
      const names = String(table_names ?? '')
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean)
      return describeTables(url, names, context)
    },
  ),
  ownTool(
    'sql_db_query',
    'Runs one SQL query and gives its rows, or says what is wrong with it.',
    { query: field.text({ label: 'Query', info: 'A complete and correct SQL query.', required: true }) },
    async ({ query }) => (await rowsOf(url, String(query ?? ''), context)).rows,
  ),
]
