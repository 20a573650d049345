import { defineComponent, field, message } from '@runnel/sdk'

export const combineText = defineComponent({
  type: 'CombineText',
  aliases: ['CombineTextComponent'],
  displayName: 'Combine Text',
  description: 'Puts two texts together with a delimiter between them.',
  icon: 'merge',
  category: 'processing',
  legacy: true,
  replacement: ['processing.Operations'],
  inputs: {
    text1: field.text({ label: 'First Text', info: 'The text at the start.' }),
    text2: field.text({ label: 'Second Text', info: 'The text at the end.' }),
    delimiter: field.text({ label: 'Delimiter', info: 'Stands between the texts.', default: ' ' }),
  },
  outputs: {
    combined_text: {
      type: 'Message',
      label: 'Combined Text',
      method: 'combine_texts',
      run: ({ inputs: { text1, text2, delimiter } }) => message(text1 + delimiter + text2),
    },
  },
})
