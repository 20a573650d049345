import { data, defineComponent, field, messageFields } from '@runnel/sdk'

export const messageToData = defineComponent({
  type: 'MessagetoData',
  aliases: ['MessageToDataComponent'],
  displayName: 'Message to Data',
  description: 'Gives all that a Message holds as JSON.',
  icon: 'message-square-share',
  category: 'processing',
  beta: true,
  legacy: true,
  replacement: ['processing.TypeConverterComponent'],
  inputs: { message: field.message({ label: 'Message', info: 'The Message to take apart.' }) },
  outputs: {
    data: {
      type: 'Data',
      label: 'Data',
      method: 'convert_message_to_data',
      run: ({ inputs }) =>
        inputs.message
          ? data(messageFields(inputs.message))
          : data({ error: 'Error converting Message to Data: Input must be a Message object' }),
    },
  },
})
