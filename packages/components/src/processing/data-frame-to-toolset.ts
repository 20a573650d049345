import { AppError } from '@runnel/protocol/errors'
import { type DataFrame, defineComponent, field, isDataFrame, message, type Tool, toText } from '@runnel/sdk'

interface Given {
  readonly dataframe: unknown
  readonly tool_name_column: string
  readonly tool_output_column: string
}

export const dataFrameToToolset = defineComponent({
  type: 'DataFrameToToolset',
  aliases: ['DataFrameToToolsetComponent'],
  displayName: 'DataFrame to Toolset',
  description: 'Makes a tool of each row of a table: one column names it, another is what it gives.',
  icon: 'wrench',
  category: 'processing',
  inputs: {
    dataframe: field.handle({
      label: 'DataFrame',
      info: 'A row for each tool.',
      required: true,
      accepts: ['DataFrame', 'Table'],
    }),
    tool_name_column: field.string({
      label: 'Tool Name Column',
      info: 'The column with the names of the tools.',
      required: true,
    }),
    tool_output_column: field.string({
      label: 'Tool Output Column',
      info: 'The column with what the tools give.',
      required: true,
    }),
  },
  outputs: {
    tools: {
      type: 'Tool',
      label: 'Tools',
      method: 'build_tools',
      run({ inputs, context }) {
        const tools = toolsIn(inputs)
        context.setStatus(tools.map(({ name }) => name))
        return tools
      },
    },
    message: {
      type: 'Message',
      label: 'Message',
      method: 'get_message',
      tool: false,
      run({ inputs }) {
        const names = toolsIn(inputs).map(({ name }) => `- ${name}`)
        return message(
          names.length === 0 ? 'The table has no rows, so there are no tools.' : ['Tools:', ...names].join('\n'),
        )
      },
    },
  },
})

function toolsIn({ dataframe, tool_name_column, tool_output_column }: Given): readonly Tool[] {
  if (!isDataFrame(dataframe)) throw new AppError('invalid_field', ['There is no table. Connect one to DataFrame.'])
  if (dataframe.rows.length === 0) return []
  for (const column of [tool_name_column, tool_output_column]) mustHave(dataframe, column)
  return dataframe.rows.map((row): Tool => {
    const title = toText(row[tool_name_column])
    const name = toolName(title)
    return {
      kind: 'tool',
      name,
      tags: [name],
      description: `Gives the ${tool_output_column} of ${title}.`,
      inputSchema: { type: 'object', properties: {} },
      call: async () => toText(row[tool_output_column]),
    }
  })
}

function mustHave({ columns }: DataFrame, column: string): void {
  if (columns.includes(column)) return
  throw new AppError('invalid_field', [
    `Column '${column}' not found in DataFrame. Available columns: ${columns.join(', ')}`,
  ])
}

/** A name models accept. */
function toolName(title: string): string {
  const name = title.replace(/[^A-Za-z0-9_-]/g, '_')
  return /^[0-9]/.test(name) || name === '' ? `tool_${name}` : name
}
