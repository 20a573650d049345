import { AppError } from '@runnel/protocol/errors'
import { defineComponent, field } from '@runnel/sdk'
import { connectedAgentFields, llmField } from '../shared/connected-agent.ts'
import { answerWithOwnTools } from '../shared/own-tools.ts'
import { isStoreInfo, storeTool } from '../shared/store-info.ts'

const { input_value, handle_parsing_errors, verbose, max_iterations } = connectedAgentFields
const INSTRUCTIONS =
  'You answer questions from several collections of texts. Choose the collection by what it is said to hold, look the ' +
  'question up there, and in others where that does not suffice. Take everything from what you find, and say so when ' +
  'it does not tell.'

export const vectorStoreRouterAgent = defineComponent({
  type: 'VectorStoreRouterAgent',
  aliases: ['VectorStoreRouterAgentComponent'],
  displayName: 'VectorStoreRouterAgent',
  description: 'Answers questions from several vector stores, choosing among them.',
  icon: 'LangChain',
  category: 'langchain_utilities',
  legacy: true,
  inputs: {
    input_value,
    handle_parsing_errors,
    verbose,
    max_iterations,
    llm: llmField,
    vectorstores: field.handle({
      label: 'Vector Stores',
      info: 'The stores, each with what it holds.',
      accepts: ['VectorStoreInfo'],
      list: true,
      required: true,
    }),
  },
  outputs: {
    response: {
      type: 'Message',
      label: 'Response',
      method: 'message_response',
      async run(args) {
        const tools = args.inputs.vectorstores.filter(isStoreInfo).map(storeTool)
        if (tools.length === 0) {
          throw new AppError('invalid_field', ['There is no vector store. Connect a VectorStoreInfo to Vector Stores.'])
        }
        return answerWithOwnTools(args, { tools, system: INSTRUCTIONS })
      },
    },
  },
})
