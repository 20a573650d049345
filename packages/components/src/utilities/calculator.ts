import { messageOf } from '@runnel/protocol/errors'
import { data, defineComponent, field, formatPython } from '@runnel/sdk'
import { DivisionByZero, evaluate } from './arithmetic.ts'

export const calculator = defineComponent({
  type: 'CalculatorComponent',
  aliases: ['CalculatorTool', 'CalculatorToolComponent'],
  oldToolNames: { CalculatorTool: 'calculator' },
  displayName: 'Calculator',
  // Agents are told this of the tool, in these words in Langflow as well.
  description: 'Perform basic arithmetic operations on a given expression.',
  icon: 'calculator',
  category: 'utilities',
  documentation: 'https://docs.langflow.org/calculator',
  inputs: {
    expression: field.text({
      label: 'Expression',
      info: "Numbers, + - * / ** and parentheses, such as '4*4*(33/22)+12-20'.",
      tool: true,
    }),
  },
  outputs: {
    result: {
      type: 'Data',
      label: 'JSON',
      method: 'evaluate_expression',
      run({ inputs, context }) {
        const answer = answerTo(inputs.expression)
        context.setStatus(answer.error ?? answer.result)
        return data(answer)
      },
    },
  },
})

/** The result to six decimals at most, or what is wrong: an agent reads it and tries again, so nothing is thrown. */
export function answerTo(expression: string): Readonly<Record<string, string>> {
  try {
    const shown = formatPython('{value:.6f}', { value: evaluate(expression) })
    return { result: shown.replace(/\.?0+$/, '') }
  } catch (error) {
    const why = error instanceof DivisionByZero ? 'Error: Division by zero' : `Invalid expression: ${messageOf(error)}`
    return { error: why, input: expression }
  }
}
