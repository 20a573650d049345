import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { RunContext } from '@runnel/sdk'
import { objectsIn, textIn } from './ask-service.ts'
import type { GoogleApi } from './google-access.ts'

const BASE = 'https://gmail.googleapis.com/gmail/v1/users/me'
/** Gmail lists no more at a time. */
const PAGE = 500

export interface GmailAsked {
  readonly labels: readonly string[]
  readonly most: number
}

/** A mail, after the one it answers. */
export interface GmailConversation {
  readonly messages: readonly { readonly content: string; readonly sender: string }[]
}

/** The newest mails with all those labels. One without a plain text is left out, and logged. */
export async function gmailConversations(
  { labels, most }: GmailAsked,
  api: GoogleApi,
  { log }: Pick<RunContext, 'log'>,
): Promise<readonly GmailConversation[]> {
  const asked = new URLSearchParams(labels.map((label) => ['labelIds', label]))
  asked.set('maxResults', String(Math.min(most, PAGE)))
  const listed = most === 0 ? [] : objectsIn((await api.ask(`${BASE}/messages?${asked}`)).messages)
  const conversations: GmailConversation[] = []
  for (const { id } of listed) {
    try {
      conversations.push(await conversationOf(textIn(id), api))
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'invalid_field') throw error
      log('Gmail', `Mail ${textIn(id)} was left out: ${error.message}`)
    }
  }
  return conversations
}

async function conversationOf(id: string, api: GoogleApi): Promise<GmailConversation> {
  const mail = await api.ask(`${BASE}/messages/${encodeURIComponent(id)}`)
  const said = saidIn(mail)
  const answered = headerOf(mail, 'In-Reply-To')
  if (answered === undefined) return { messages: [said] }
  const thread = await api.ask(`${BASE}/threads/${encodeURIComponent(textIn(mail.threadId))}`)
  const before = objectsIn(thread.messages).find((one) => headerOf(one, 'Message-ID') === answered)
  if (!before) throw new AppError('invalid_field', ['Response email not found in the thread.'])
  return { messages: [saidIn(before), said] }
}

/** What a mail says, without what it quotes. @throws AppError `invalid_field` for one that cannot be read */
function saidIn(mail: JsonObject): GmailConversation['messages'][number] {
  const sender = headerOf(mail, 'From')
  if (sender === undefined) throw new AppError('invalid_field', ['From email not found.'])
  const payload = isObject(mail.payload) ? mail.payload : {}
  const plain = partsOf(payload).find(({ mimeType }) => mimeType === 'text/plain')
  const body = isObject(plain?.body) ? textIn(plain.body.data) : undefined
  if (body === undefined) throw new AppError('invalid_field', ['No plain text part found in the email.'])
  const [newest = ''] = Buffer.from(body, 'base64url')
    .toString('utf8')
    .split(/\r?\nOn .+(?:\r?\n)*wrote:\r?\n/)
  return { content: cleaned(newest), sender }
}

/** The parts of a mail, those inside of others too. */
const partsOf = (part: JsonObject): readonly JsonObject[] => [part, ...objectsIn(part.parts).flatMap(partsOf)]

function headerOf({ payload }: JsonObject, name: string): string | undefined {
  const headers = objectsIn(isObject(payload) ? payload.headers : undefined)
  const found = headers.find((header) => textIn(header.name).toLowerCase() === name.toLowerCase())
  return found && textIn(found.value)
}

/** Words and numbers alone: addresses and signs go. */
const cleaned = (text: string): string =>
  text
    .replace(/(https?|www)\S+/gm, '')
    .replace(/\S+@\S+/g, '')
    .replace(/[^\p{L}\p{N}\s]+/gu, ' ')
    .replace(/\s{2,}/g, ' ')
    .trim()
