import { defineComponent, field, message } from '@runnel/sdk'
import { agentMessages } from '../shared/agent-conversation.ts'
import { chainFields } from '../shared/chain-fields.ts'
import { connectedLlm } from '../shared/connected-agent.ts'
import { askText } from '../shared/language-model.ts'

/** As many earlier messages as an agent is shown. */
const HISTORY = 100

export const conversationChain = defineComponent({
  type: 'ConversationChain',
  aliases: ['ConversationChainComponent'],
  displayName: 'Conversation Chain',
  description: 'Asks a model, and shows it what was said before in the session.',
  icon: 'LangChain',
  category: 'langchain_utilities',
  legacy: true,
  inputs: {
    ...chainFields,
    memory: field.handle({
      label: 'Memory',
      info: 'Kept for older files. The messages of the session are always used.',
      accepts: ['BaseChatMemory'],
    }),
  },
  outputs: {
    text: {
      type: 'Message',
      label: 'Message',
      method: 'invoke_chain',
      async run({ inputs, context }) {
        const { input_value, llm } = inputs
        const history = { sessionId: context.sessionId, contextId: '', limit: HISTORY }
        const messages = await agentMessages({ system: '', input: message(input_value), history }, context)
        // The Chat Input has stored the question already; it is asked once.
        const [last, before] = [messages.at(-1), messages.at(-2)]
        const isTwice = JSON.stringify(last) === JSON.stringify(before)
        const asked = isTwice ? messages.slice(0, -1) : messages
        const said = await askText(connectedLlm(llm), { messages: asked, stream: false }, context)
        context.setStatus(said)
        return message(said)
      },
    },
  },
})
