import { AppError } from '@runnel/protocol/errors'
import { defineComponent, field, type RunContext, type Tool } from '@runnel/sdk'
import { answerOfConnectedAgent, connectedAgentFields } from '../shared/connected-agent.ts'
import { connectedModel } from '../shared/model-choice.ts'
import { toolModelFields } from '../shared/model-fields.ts'
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
      async run({ inputs, dynamic, context }) {
        const url = inputs.database_uri.trim()
        if (url === '') throw new AppError('invalid_field', ['The Database URI is empty.'])
        const { max_iterations, input_value: input, extra_tools } = inputs
        const model = await connectedModel(inputs, dynamic.llm, context)
        const tools = [...databaseTools(url, context), ...extra_tools]
        return answerOfConnectedAgent({ model, max_iterations, input, tools, system: SYSTEM, history: [] }, context)
      },
    },
  },
})

/** The tools of LangChain's toolkit for databases, under its names. */
const databaseTools = (url: string, context: RunContext): readonly Tool[] => [
  tool('sql_db_list_tables', 'Gives the names of the tables.', {}, async () =>
    (await tableNames(url, context)).join(', '),
  ),
  tool(
    'sql_db_schema',
    'Gives the columns of tables and a few of their rows. Be sure that the tables exist.',
    { table_names: { type: 'string', description: 'Names of tables, with commas between them.' } },
    async ({ table_names }) => {
      const names = String(table_names ?? '')
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean)
      return describeTables(url, names, context)
    },
  ),
  tool(
    'sql_db_query',
    'Runs one SQL query and gives its rows, or says what is wrong with it.',
    { query: { type: 'string', description: 'A complete and correct SQL query.' } },
    async ({ query }) => (await rowsOf(url, String(query ?? ''), context)).rows,
  ),
]

function tool(
  name: string,
  description: string,
  properties: Readonly<Record<string, unknown>>,
  call: Tool['call'],
): Tool {
  const inputSchema = { type: 'object', properties, required: Object.keys(properties) }
  return { kind: 'tool', name, tags: [name], description, inputSchema, call }
}
