import { AppError } from '@runnel/protocol/errors'
import { defineComponent, message } from '@runnel/sdk'
import { chainFields } from '../shared/chain-fields.ts'
import { connectedLlm } from '../shared/connected-agent.ts'
import { askText } from '../shared/language-model.ts'
import { answerTo } from '../utilities/calculator.ts'

const INSTRUCTIONS =
  'Turn the question into one arithmetic expression of numbers, + - * / ** and parentheses. Write percentages and ' +
  'words for numbers out as numbers. Answer with the expression alone, without an equals sign.'

export const llmMathChain = defineComponent({
  type: 'LLMMathChain',
  aliases: ['LLMMathChainComponent'],
  displayName: 'LLM Math Chain',
  description: 'Has a model turn a question into an expression, and calculates that.',
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
        const request = {
          messages: [
            { role: 'system', content: INSTRUCTIONS },
            { role: 'user', content: [{ type: 'text', text: inputs.input_value }] },
          ],
          stream: false,
        } as const
        const said = await askText(connectedLlm(inputs.llm), request, context)
        const { result, error } = answerTo(expressionIn(said))
        if (error !== undefined) throw new AppError('model_error', [`The model wrote "${said.trim()}". ${error}`])
        context.setStatus(`Answer: ${result}`)
        return message(`Answer: ${result}`)
      },
    },
  },
})

/** The expression of an answer that may have a fence around it. */
const expressionIn = (said: string): string => said.replace(/^\s*```\w*|```\s*$/g, '').trim()
