import { AppError } from '@runnel/protocol/errors'
import { defineComponent, field } from '@runnel/sdk'

export const pass = defineComponent({
  type: 'Pass',
  aliases: ['PassMessageComponent'],
  displayName: 'Pass',
  description: 'Hands a Message on; a second one only makes it wait.',
  icon: 'arrow-right',
  category: 'flow_controls',
  legacy: true,
  replacement: ['flow_controls.ConditionalRouter'],
  inputs: {
    input_message: field.message({ label: 'Input Message', info: 'The Message to hand on.', required: true }),
    ignored_message: field.message({
      label: 'Ignored Message',
      info: 'Must be there before the other is handed on.',
      advanced: true,
    }),
  },
  outputs: {
    output_message: {
      type: 'Message',
      label: 'Output Message',
      method: 'pass_message',
      run({ inputs: { input_message }, context }) {
        if (!input_message) throw new AppError('invalid_field', ['There is no message to hand on. Connect one.'])
        context.setStatus(input_message)
        return input_message
      },
    },
  },
})
