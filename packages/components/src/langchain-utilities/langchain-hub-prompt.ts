import { AppError } from '@runnel/protocol/errors'
import { defineComponent, field, formatPython, message, promptText, type RunArguments } from '@runnel/sdk'
import { promptFromHub } from '../shared/langchain-hub.ts'

const inputs = {
  langchain_api_key: field.secret({
    label: 'Your LangChain API Key',
    info: 'Your key for LangSmith, which keeps the prompts.',
    required: true,
  }),
  langchain_hub_prompt: field.string({
    label: 'LangChain Hub Prompt',
    info: 'The prompt: owner/name, or owner/name:commit. The names in it become fields param_NAME of a file.',
    required: true,
  }),
  parameters: field.nestedDict({
    label: 'Parameters',
    info: 'What stands for the names in the prompt that have no field.',
  }),
} as const
const FIELD = 'param_'

export const langChainHubPrompt = defineComponent({
  type: 'LangChain Hub Prompt',
  aliases: ['LangChainHubPromptComponent'],
  displayName: 'LangChain Hub',
  description: 'Takes a prompt from the LangChain Hub and fills it in.',
  icon: 'LangChain',
  category: 'langchain_utilities',
  beta: true,
  inputs,
  outputs: {
    prompt: {
      type: 'Message',
      label: 'Build Prompt',
      method: 'build_prompt',
      async run({ inputs: chosen, dynamic, context }: RunArguments<typeof inputs>) {
        if (chosen.langchain_api_key.trim() === '') {
          throw new AppError('invalid_field', ['Please provide a LangChain API Key'])
        }
        const parts = await promptFromHub(chosen.langchain_hub_prompt, chosen.langchain_api_key, context)
        const fields = Object.entries(dynamic).flatMap(([name, value]) =>
          name.startsWith(FIELD) && value !== '' ? [[name.slice(FIELD.length), promptText(value)] as const] : [],
        )
        const values = { ...chosen.parameters, ...Object.fromEntries(fields) }
        const [only, ...others] = parts
        const filled = ({ template, names }: (typeof parts)[number]) =>
          formatPython(template, { ...Object.fromEntries(names.map((name) => [name, `{${name}}`])), ...values })
        // A prompt of one text is that text; several say who speaks.
        const text =
          only && others.length === 0 && only.role === ''
            ? filled(only)
            : parts.map((part) => `${part.role}: ${filled(part)}`).join('\n')
        context.setStatus(text)
        return message(text)
      },
    },
  },
})
