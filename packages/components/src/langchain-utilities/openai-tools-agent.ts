import { AppError } from '@runnel/protocol/errors'
import { defineComponent, field, formatPython, message } from '@runnel/sdk'
import { answerOfConnectedAgent, chatHistoryField, connectedAgentFields } from '../shared/connected-agent.ts'
import { connectedModel } from '../shared/model-choice.ts'
import { toolModelFields } from '../shared/model-fields.ts'

export const openAiToolsAgent = defineComponent({
  type: 'OpenAIToolsAgent',
  aliases: ['OpenAIToolsAgentComponent'],
  displayName: 'OpenAI Tools Agent',
  description: 'Works on a task with a connected model and tools; a template makes the question of the input.',
  icon: 'LangChain',
  category: 'langchain_utilities',
  inputs: {
    ...connectedAgentFields,
    ...toolModelFields,
    system_prompt: field.multiline({
      label: 'System Prompt',
      info: 'How the agent behaves.',
      default: 'You are a helpful assistant',
    }),
    user_prompt: field.multiline({
      label: 'Prompt',
      info: 'What is asked; {input} stands for the input.',
      default: '{input}',
    }),
    chat_history: chatHistoryField,
  },
  outputs: {
    response: {
      type: 'Message',
      label: 'Response',
      method: 'message_response',
      async run({ inputs, dynamic, context }) {
        const { input_value, user_prompt, system_prompt, chat_history } = inputs
        if (!user_prompt.includes('{input}')) {
          throw new AppError('invalid_field', ["Prompt must contain 'input' key: write {input} where the input goes."])
        }
        const input = input_value ?? message('')
        const asked = { ...input, text: formatPython(user_prompt, { input: input.text }) }
        const model = await connectedModel(inputs, dynamic.llm, context)
        return answerOfConnectedAgent(
          { ...inputs, model, system: system_prompt, input: asked, history: chat_history },
          context,
        )
      },
    },
  },
})
