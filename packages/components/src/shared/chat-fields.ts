import { field } from '@runnel/sdk'

/** What both ends of a chat say of their messages: whether they are kept, whose they are, and where they belong. */
export const chatFields = ({
  sender,
  senderName,
}: {
  readonly sender: 'Machine' | 'User'
  readonly senderName: string
}) => ({
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
    default: sender,
    advanced: true,
  }),
  sender_name: field.text({ label: 'Sender Name', info: 'The name shown.', default: senderName, advanced: true }),
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
})
