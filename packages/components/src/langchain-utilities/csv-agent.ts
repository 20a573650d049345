import { defineComponent, field } from '@runnel/sdk'
import { connectedAgentFields } from '../shared/connected-agent.ts'
import { toolModelFields } from '../shared/model-fields.ts'
import { answerWithOwnTools, chosenFile } from '../shared/own-tools.ts'
import { rowsOfTable } from '../shared/stored-document.ts'
import { tableTools } from '../shared/table-tools.ts'

const { handle_parsing_errors, verbose, max_iterations } = connectedAgentFields
const INSTRUCTIONS =
  'You answer questions on a table. Look at its columns first, then find rows or measure columns with your tools. ' +
  'Take every figure from them, and say so when the table does not tell.'

export const csvAgent = defineComponent({
  type: 'CSVAgent',
  aliases: ['CSVAgentComponent'],
  displayName: 'CSV Agent',
  description: 'Answers questions on a table in a file, which it filters, sorts and sums up.',
  icon: 'LangChain',
  category: 'langchain_utilities',
  inputs: {
    handle_parsing_errors,
    verbose,
    max_iterations,
    ...toolModelFields,
    path: field.files({
      label: 'File Path',
      info: 'The table, a CSV file or a spreadsheet.',
      fileTypes: ['csv', 'tsv', 'xlsx'],
      required: true,
    }),
    agent_type: field.dropdown({
      label: 'Agent Type',
      info: 'Kept for older files. Tools are called as the model of today calls them.',
      options: ['zero-shot-react-description', 'openai-functions', 'openai-tools'],
      default: 'openai-tools',
      advanced: true,
    }),
    input_value: field.multiline({ label: 'Text', info: 'The question.', required: true }),
    pandas_kwargs: field.dict({
      label: 'Pandas Kwargs',
      info: 'Kept for older files. Changes nothing.',
      list: true,
      advanced: true,
    }),
  },
  outputs: {
    response: {
      type: 'Message',
      label: 'Response',
      method: 'build_agent_response',
      async run(args) {
        const rows = await rowsOfTable(await chosenFile(args.inputs.path, args.context))
        return answerWithOwnTools(args, { tools: tableTools(rows), system: INSTRUCTIONS })
      },
    },
  },
})
