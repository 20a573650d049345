import { defineComponent, type Fields, field, message } from '@runnel/sdk'

export const textInput = defineComponent({
  type: 'TextInput',
  aliases: ['TextInputComponent'],
  displayName: 'Text Input',
  description: 'Takes a text from whoever calls the flow, or holds one that is written here.',
  icon: 'type',
  category: 'input_output',
  documentation: 'https://docs.langflow.org/text-input-and-output',
  legacy: true,
  replacement: ['input_output.ChatInput'],
  role: 'input',
  inputs: {
    input_value: field.multiline({ label: 'Text', info: 'The text that is passed on.' }),
    use_global_variable: field.bool({
      label: 'Use Global Variable',
      info: 'Pick the text from the global variables instead of writing it.',
      advanced: true,
      refresh: true,
    }),
  },
  // A variable is picked on one line.
  dynamicInputs: ({ use_global_variable }): Fields =>
    use_global_variable === true
      ? { input_value: field.text({ label: 'Text', info: 'The text that is passed on.' }) }
      : {},
  outputs: {
    text: {
      type: 'Message',
      label: 'Output Text',
      method: 'text_response',
      run: ({ inputs }) => message(inputs.input_value),
    },
  },
})
