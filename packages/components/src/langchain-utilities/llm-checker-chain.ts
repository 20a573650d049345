import { defineComponent, message } from '@runnel/sdk'
import { chainFields } from '../shared/chain-fields.ts'
import { connectedLlm } from '../shared/connected-agent.ts'
import { askText } from '../shared/language-model.ts'

export const llmCheckerChain = defineComponent({
  type: 'LLMCheckerChain',
  aliases: ['LLMCheckerChainComponent'],
  displayName: 'LLM Checker Chain',
  description: 'Has a model answer, list what the answer takes for true, check that, and answer again.',
  icon: 'LangChain',
  category: 'langchain_utilities',
  legacy: true,
  inputs: chainFields,
  outputs: {
    text: {
      type: 'Message',
      label: 'Message',
      method: 'invoke_chain',
      async run({ inputs, context }) {
        const model = connectedLlm(inputs.llm)
        const ask = (text: string) =>
          askText(model, { messages: [{ role: 'user', content: [{ type: 'text', text }] }], stream: false }, context)
        const question = inputs.input_value
        const draft = await ask(question)
        const claims = await ask(`List, one per line, the statements the following answer takes for true.\n\n${draft}`)
        const findings = await ask(
          `For each statement say whether it is true or false. When it is false, say why.\n\n${claims}`,
        )
        const checked = await ask(
          `${findings}\n\nTaking the above into account, answer the question with the answer alone: ${question}`,
        )
        context.setStatus(checked)
        return message(checked)
      },
    },
  },
})
