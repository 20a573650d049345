import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import type { RunContext } from '@runnel/sdk'
import { askService } from './ask-service.ts'

export interface YahooSession {
  readonly cookie: string
  /** A word that goes with the cookie; some addresses want both. */
  readonly crumb: string
}

const headers = { 'User-Agent': 'Mozilla/5.0' }

/**
 * What Yahoo! Finance tells its visitors apart by. A node asks for it once in a run.
 * @throws AppError `bad_request` when Yahoo! gives none.
 */
export async function yahooSession(context: RunContext): Promise<YahooSession> {
  const key = `${context.node.id}/yahoo-session`
  const kept = context.state.get(key)
  if (isSession(kept)) return kept
  // The page itself is not found, but the answer brings the cookies.
  const { headers: given } = await context.http.fetch('https://fc.yahoo.com/', { headers }, context.signal)
  const cookie = cookiesIn(given['set-cookie'] ?? '')
  const address = 'https://query1.finance.yahoo.com/v1/test/getcrumb'
  const { text } = await askService(address, { headers: { ...headers, Cookie: cookie } }, context)
  const crumb = text.trim()
  if (crumb === '' || crumb.includes('<')) {
    throw new AppError('bad_request', ['Yahoo! Finance lets nobody in just now. Try again later.'])
  }
  const session = { cookie, crumb }
  context.state.set(key, session)
  return session
}

const isSession = (value: unknown): value is YahooSession =>
  isObject(value) && typeof value.cookie === 'string' && typeof value.crumb === 'string'

/** Names and values of several cookies in one header, where dates have commas too. */
const cookiesIn = (header: string): string =>
  Array.from(header.matchAll(/(?:^|, )([\w-]+=[^;,]+)(?=;|,|$)/g), ([, cookie]) => cookie).join('; ')
