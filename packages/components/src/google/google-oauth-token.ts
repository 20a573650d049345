import { AppError } from '@runnel/protocol/errors'
import { data, defineComponent, field, type RunArguments } from '@runnel/sdk'
import { googleConsent } from '../shared/google-consent.ts'

const inputs = {
  scopes: field.multiline({
    label: 'Scopes',
    info: 'What the token is for: addresses such as https://www.googleapis.com/auth/drive.readonly, with commas between.',
    required: true,
  }),
  oauth_credentials: field.files({
    label: 'Credentials File',
    info: 'The JSON file Google gives: of an OAuth client, of a user who has agreed already, or of a service account.',
    fileTypes: ['json'],
    required: true,
    extra: { list: false },
  }),
  authorization_code: field.secret({
    label: 'Authorization Code',
    info: 'For an OAuth client: the address the browser shows once you have agreed, or the code in it. Needed once.',
  }),
} as const

export const googleOAuthToken = defineComponent({
  type: 'GoogleOAuthToken',
  displayName: 'Google OAuth Token',
  description: 'Gives a token of Google as JSON, for components that ask Google in your name.',
  icon: 'Google',
  category: 'google',
  documentation: 'https://developers.google.com/identity/protocols/oauth2',
  legacy: true,
  replacement: [
    'google.GmailSendComponent',
    'google.GoogleDriveListComponent',
    'google.GoogleDriveFetchComponent',
    'google.GoogleCalendarListComponent',
    'google.GoogleCalendarCreateComponent',
  ],
  inputs,
  outputs: { output: { type: 'Data', label: 'Output', method: 'build_output', run: built } },
})

const SCOPE =
  /^(https:\/\/www\.googleapis\.com\/auth\/[\w.-]+|(https:\/\/)?(mail\.google\.com\/|www\.google\.com\/(calendar|m8)\/feeds\/?))$/

async function built({
  inputs: { scopes, oauth_credentials, authorization_code },
  context,
}: RunArguments<typeof inputs>) {
  const asked = scopes.split(',').map((scope) => scope.trim())
  if (!asked.every((scope) => SCOPE.test(scope))) throw new AppError('invalid_field', ['Invalid scope format.'])
  const [path] = oauth_credentials
  if (path === undefined) throw new AppError('invalid_field', ['OAuth 2.0 Credentials file not provided.'])
  const json = new TextDecoder().decode((await context.files.read(path)).bytes)
  return data(await googleConsent({ json, scopes: asked, code: authorization_code }, context))
}
