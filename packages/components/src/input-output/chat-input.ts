import { defineComponent, field, message } from '@runnel/sdk'
import { chatFields } from '../shared/chat-fields.ts'

/** Endings; `image`, `code` and `audio` stand for all there are of these. */
const FILE_TYPES =
  'csv json pdf txt md mdx yaml yml xml html htm docx xlsx tsv jsonl toml log code py sh sql js ts tsx image jpg jpeg png bmp gif webp audio'.split(
    ' ',
  )

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
    ...chatFields({ sender: 'User', senderName: 'User' }),
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
