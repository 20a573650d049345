import { AppError } from '@runnel/protocol/errors'
import { data, defineComponent, field } from '@runnel/sdk'

export const javaScriptInterpreter = defineComponent({
  type: 'JavaScriptInterpreter',
  insteadOf: [
    'PythonREPLComponent',
    'PythonREPLTool',
    'PythonREPLToolComponent',
    'PythonCodeStructuredTool',
    'PythonFunction',
    'PythonFunctionComponent',
  ],
  displayName: 'JavaScript Interpreter',
  description: 'Runs JavaScript or TypeScript in a sandbox and gives what it printed.',
  icon: 'square-terminal',
  category: 'utilities',
  inputs: {
    javascript_code: field.multiline({
      label: 'JavaScript Code',
      info: 'The code to run. It has no network and no files; what it writes with console.log is the result.',
      default: "console.log('Hello, World!')",
      required: true,
      tool: true,
    }),
  },
  outputs: {
    results: {
      type: 'Data',
      label: 'Results',
      method: 'run_javascript',
      info: 'Runs JavaScript code and gives what it printed with console.log.',
      async run({ inputs, context }) {
        try {
          const { logs } = await context.sandbox.run({ source: inputs.javascript_code }, context.signal)
          return data({ result: logs.map(({ entry }) => String(entry)).join('\n') })
        } catch (error) {
          // Whoever wrote the code reads what is wrong with it, a model that tries again above all.
          if (error instanceof AppError && error.code === 'user_code_failed') return data({ error: error.message })
          throw error
        }
      },
    },
  },
})
