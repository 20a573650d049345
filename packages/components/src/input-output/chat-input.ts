import { defineComponent, field, message } from '@runnel/sdk'

const FILE_TYPES =
  'csv json pdf txt md mdx yaml yml xml html htm docx py sh sql js ts tsx jpg jpeg png bmp image'.split(' ')

export const chatInput = defineComponent({
  type: 'ChatInput',
  displayName: 'Chat Input',
  description: 'Takes what the user says in the chat, or what a caller of the flow sends.',
  icon: 'MessagesSquare',
  category: 'input_output',
  documentation: 'https://docs.langflow.org/chat-input-and-output',
  minimized: true,
  role: 'input',
  inputs: {
    input_value: field.multiline({ label: 'Input Text', info: 'The message that is passed on.', accepts: [] }),
    should_store_message: field.bool({
      label: 'Store Messages',
      info: 'Keep the message in the history of the session.',
      default: true,
      advanced: true,
    }),
    sender: field.dropdown({
      label: 'Sender Type',
      info: 'Whose message it is.',
      options: ['Machine', 'User'],
      default: 'User',
      advanced: true,
    }),
    sender_name: field.text({ label: 'Sender Name', info: 'The name shown.', default: 'User', advanced: true }),
    session_id: field.text({
      label: 'Session ID',
      info: 'The session the message belongs to. Empty means that of the run.',
      advanced: true,
    }),
    context_id: field.text({
      label: 'Context ID',
      info: 'Sets conversations within one session apart.',
      advanced: true,
    }),
    files: field.files({
      label: 'Files',
      info: 'Files sent with the message. Models see the images.',
      fileTypes: FILE_TYPES,
      advanced: true,
      temporary: true,
    }),
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
