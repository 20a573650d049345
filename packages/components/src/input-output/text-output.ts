import { defineComponent, field, message } from '@runnel/sdk'

export const textOutput = defineComponent({
  type: 'TextOutput',
  aliases: ['TextOutputComponent'],
  displayName: 'Text Output',
  description: 'Gives a text to whoever called the flow, without showing it in the chat.',
  icon: 'type',
  category: 'input_output',
  documentation: 'https://docs.langflow.org/text-input-and-output',
  legacy: true,
  replacement: ['input_output.ChatOutput'],
  role: 'output',
  inputs: {
    input_value: field.multiline({ label: 'Inputs', info: 'The text that is given.' }),
  },
  outputs: {
    text: {
      type: 'Message',
      label: 'Output Text',
      method: 'text_response',
      run: ({ inputs }) => message(inputs.input_value),
    },
  },
})
