import { defineComponent, field, message } from '@runnel/sdk'

export const chatInput = defineComponent({
  type: 'ChatInput',
  displayName: 'Chat Input',
  description: 'Get chat inputs from the Playground.',
  icon: 'MessagesSquare',
  category: 'input_output',
  documentation: 'https://docs.langflow.org/components-io#chat-input',
  minimized: true,
  role: 'input',
  inputs: {
    input_value: field.multiline({ label: 'Input Text', info: 'Message to be passed as input.', accepts: [] }),
    should_store_message: field.bool({
      label: 'Store Messages',
      info: 'Store the message in the history.',
      default: true,
      advanced: true,
    }),
    sender: field.dropdown({
      label: 'Sender Type',
      info: 'Type of sender.',
      options: ['Machine', 'User'],
      default: 'User',
      advanced: true,
    }),
    sender_name: field.text({ label: 'Sender Name', info: 'Name of the sender.', default: 'User', advanced: true }),
    session_id: field.text({
      label: 'Session ID',
      info: 'The session ID of the chat. If empty, the current session ID parameter will be used.',
      advanced: true,
    }),
    context_id: field.text({ label: 'Context ID', info: 'An extra layer to the local memory.', advanced: true }),
    files: field.files({ label: 'Files', info: 'Files to be sent with the message.', advanced: true, temporary: true }),
  },
  outputs: {
    message: {
      type: 'Message',
      label: 'Chat Message',
      method: 'message_response',
      run({ inputs, context }) {
        const { input_value, sender, sender_name, context_id, files } = inputs
        const session_id = inputs.session_id || context.sessionId
        const said = message(input_value, { sender, sender_name, session_id, context_id, files })
        return inputs.should_store_message && session_id ? context.messages.send(said) : said
      },
    },
  },
})
