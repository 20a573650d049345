import { AppError } from '@runnel/protocol/errors'
import { data, defineComponent, field } from '@runnel/sdk'
import { gmailConversations } from '../shared/gmail.ts'
import { doing, googleApi, googleToken } from '../shared/google-access.ts'

const SCOPE = 'https://www.googleapis.com/auth/gmail.readonly'
const EMPTY_CREDENTIALS = JSON.stringify(
  {
    account: '',
    client_id: '',
    client_secret: '',
    expiry: '',
    refresh_token: '',
    scopes: [SCOPE],
    token: '',
    token_uri: 'https://oauth2.googleapis.com/token',
    universe_domain: 'googleapis.com',
  },
  null,
  4,
)

export const gmailLoader = defineComponent({
  type: 'GmailLoaderComponent',
  displayName: 'Gmail Loader',
  description: 'Reads mails from Gmail, each with the one it answers.',
  icon: 'Google',
  category: 'google',
  legacy: true,
  replacement: ['composio.ComposioGmailAPIComponent'],
  inputs: {
    json_string: field.secret({
      label: 'JSON String of the Service Account Token',
      info: 'Credentials in JSON, as Google OAuth Token gives them.',
      required: true,
      extra: { value: EMPTY_CREDENTIALS, load_from_db: false },
    }),
    label_ids: field.text({
      label: 'Label IDs',
      info: 'The labels mails must have, all of them, with commas between.',
      default: 'INBOX,SENT,UNREAD,IMPORTANT',
      required: true,
    }),
    max_results: field.text({
      label: 'Max Results',
      info: 'The most mails to read.',
      default: '10',
      required: true,
    }),
  },
  outputs: {
    data: {
      type: 'Data',
      label: 'Data',
      method: 'load_emails',
      async run({ inputs: { json_string, label_ids, max_results }, context }) {
        const most = max_results.trim() === '' ? 100 : Number(max_results)
        if (!Number.isInteger(most) || most < 0) {
          throw new AppError('invalid_field', [`Max Results is "${max_results}". Write a whole number.`])
        }
        const labels = label_ids.split(',').flatMap((label) => label.trim() || [])
        const conversations = await doing('Error loading documents', context, async () => {
          const api = googleApi(await googleToken(json_string, [SCOPE], context), context)
          return gmailConversations({ labels: labels.length > 0 ? labels : ['INBOX'], most }, api, context)
        })
        context.setStatus(conversations)
        return data({ text: conversations })
      },
    },
  },
})
