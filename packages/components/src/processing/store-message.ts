import { defineComponent, field } from '@runnel/sdk'
import { storeMessage } from '../shared/stored-message.ts'

export const messageStore = defineComponent({
  type: 'StoreMessage',
  aliases: ['StoreMessageComponent', 'Message Store'],
  displayName: 'Message Store',
  description: 'Adds a message to a session.',
  icon: 'message-square-text',
  category: 'processing',
  legacy: true,
  replacement: ['models_and_agents.Memory'],
  inputs: {
    message: field.text({ label: 'Message', info: 'The message to add.', required: true, tool: true }),
    memory: field.handle({
      label: 'External Memory',
      info: 'Another memory to use. Empty means the messages kept here.',
      accepts: ['Memory'],
    }),
    sender: field.text({
      label: 'Sender',
      info: 'Whose message it is: Machine or User. Empty means Machine.',
      advanced: true,
    }),
    sender_name: field.text({ label: 'Sender Name', info: 'The name of the sender. Empty means AI.', advanced: true }),
    session_id: field.text({
      label: 'Session ID',
      info: 'The session to add to. Empty means that of the run.',
      advanced: true,
    }),
  },
  outputs: {
    stored_messages: {
      type: 'Message',
      label: 'Stored Messages',
      method: 'store_message',
      hidden: true,
      run: ({ inputs, context }) => storeMessage(inputs, context),
    },
  },
})
