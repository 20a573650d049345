import { defineComponent, field } from '@runnel/sdk'
import { answerOfConnectedAgent, chatHistoryField, connectedAgentFields } from '../shared/connected-agent.ts'

const { tools, input_value, handle_parsing_errors, verbose, max_iterations, agent_description, llm } =
  connectedAgentFields

export const toolCallingAgent = defineComponent({
  type: 'ToolCallingAgent',
  aliases: ['ToolCallingAgentComponent'],
  displayName: 'Tool Calling Agent',
  description: 'Works on a task with a connected model and connected tools.',
  icon: 'LangChain',
  category: 'langchain_utilities',
  inputs: {
    tools,
    input_value,
    handle_parsing_errors,
    verbose,
    max_iterations,
    agent_description,
    llm,
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
      run: ({ inputs, context }) =>
        answerOfConnectedAgent(
          { ...inputs, system: inputs.system_prompt, input: inputs.input_value, history: inputs.chat_history },
          context,
        ),
    },
  },
})
