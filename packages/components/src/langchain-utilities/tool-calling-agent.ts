import { defineComponent, field } from '@runnel/sdk'
import { answerOfConnectedAgent, chatHistoryField, connectedAgentFields } from '../shared/connected-agent.ts'
import { connectedModel } from '../shared/model-choice.ts'
import { toolModelFields } from '../shared/model-fields.ts'

export const toolCallingAgent = defineComponent({
  type: 'ToolCallingAgent',
  aliases: ['ToolCallingAgentComponent'],
  displayName: 'Tool Calling Agent',
  description: 'Works on a task with a connected model and connected tools.',
  icon: 'LangChain',
  category: 'langchain_utilities',
  inputs: {
    ...connectedAgentFields,
    ...toolModelFields,
    system_prompt: field.text({
      label: 'System Prompt',
      info: 'How the agent behaves.',
      default: 'You are a helpful assistant that can use tools to answer questions and perform tasks.',
    }),
    chat_history: chatHistoryField,
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
