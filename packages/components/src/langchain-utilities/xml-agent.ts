import { defineComponent, field } from '@runnel/sdk'
import { answerOfConnectedAgent, chatHistoryField, connectedAgentFields } from '../shared/connected-agent.ts'
import { connectedModel } from '../shared/model-choice.ts'
import { toolModelFields } from '../shared/model-fields.ts'

export const xmlAgent = defineComponent({
  type: 'XMLAgent',
  aliases: ['XMLAgentComponent'],
  displayName: 'XML Agent',
  description: 'An agent of older files, whose tools are called as the model of today calls them.',
  icon: 'LangChain',
  category: 'langchain_utilities',
  beta: true,
  inputs: {
    ...connectedAgentFields,
    ...toolModelFields,
    chat_history: chatHistoryField,
    system_prompt: field.multiline({
      label: 'System Prompt',
      info: 'How the agent behaves.',
      default: 'You are a helpful assistant.',
    }),
    user_prompt: field.multiline({
      label: 'Prompt',
      info: 'Kept for older files: it told models how to write calls as XML, which they need no more.',
    }),
  },
  outputs: {
    response: {
      type: 'Message',
      label: 'Response',
      method: 'message_response',
      async run({ inputs, dynamic, context }) {
        const model = await connectedModel(inputs, dynamic.llm, context)
        const { system_prompt: system, input_value: input, chat_history: history } = inputs
        return answerOfConnectedAgent({ ...inputs, model, system, input, history }, context)
      },
    },
  },
})
