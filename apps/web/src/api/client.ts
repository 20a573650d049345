import { type Client, ClientError, createClient } from '@runnel/client'
import { autoLogin, refresh } from '@runnel/protocol/login'
import { QueryClient } from '@tanstack/react-query'
import i18next from 'i18next'
import { errorSentence } from '../i18n/error-sentences.ts'
import { takeEarlyAnswer } from './early-answers.ts'

const origin = globalThis.location?.origin ?? ''
let renewing: Promise<boolean> | undefined

/** A new access token from the refresh cookie, or by automatic login; one renewal at a time. @returns whether there is one */
async function renewSession(): Promise<boolean> {
  const post = (path: string, method: string): Promise<boolean> =>
    fetch(origin + path, { method, credentials: 'same-origin' }).then(({ ok }) => ok)
  renewing ??= post(refresh.path, refresh.method).then(
    (isRenewed) => isRenewed || post(autoLogin.path, autoLogin.method),
  )
  try {
    return await renewing
  } finally {
    renewing = undefined
  }
}

const isAboutLogin = (url: string): boolean => /\/api\/v1\/(login|auto_login|refresh|logout|session)\b/.test(url)

/**
 * Asks the server that served this page. The session is an http-only cookie that no script sees; when it has run out,
 * it is renewed and the call made once more.
 */
export async function request(url: string, init: RequestInit = {}): Promise<Response> {
  const send = (): Promise<Response> => fetch(url, { ...init, credentials: 'same-origin' }).catch(sayUnreachable)
  const response = (await takeEarlyAnswer(url, init.method)) ?? (await send())
  if (response.status !== 401 || isAboutLogin(url)) return response
  return (await renewSession()) ? send() : response
}

/** What a browser says of a network that is not there is for nobody to read. */
function sayUnreachable(error: unknown): never {
  if (!(error instanceof TypeError)) throw error
  throw new Error(i18next.t('common:unanswered.network'), { cause: error })
}

/** Nobody answered in the time that was given. */
export const isTimeout = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'TimeoutError' || isTimeout(error.cause))

/** Gives a refusal its sentence in the language of the page. */
async function inOwnWords(error: unknown): Promise<never> {
  if (isTimeout(error)) throw new Error(i18next.t('common:unanswered.timeout'), { cause: error })
  if (error instanceof ClientError) {
    const told = await errorSentence(error)
    if (told !== undefined) error.message = told
    else if (typeof error.detail !== 'string')
      error.message = i18next.t('common:unanswered.status', { status: error.status })
  }
  throw error
}

/** How long an answer may take, in milliseconds; 0: as long as it wants. */
let longestMs = 0

/** Ends calls that are not answered in time, from now on; uploads and streams take the time they need. */
export function limitAnswers(seconds: number): void {
  longestMs = seconds * 1000
}

/** The input of a call with an end. */
function inTime<Input extends { readonly form?: FormData; readonly signal?: AbortSignal }>(input: Input): Input {
  if (longestMs === 0 || input.form) return input
  const timer = AbortSignal.timeout(longestMs)
  return { ...input, signal: input.signal ? AbortSignal.any([input.signal, timer]) : timer }
}

const plain = createClient({ baseUrl: origin, fetch: request })

export const client: Client = {
  request: plain.request,
  call: (endpoint, input) => plain.call(endpoint, inTime(input)).catch(inOwnWords),
}

const isRefusal = (error: unknown): boolean =>
  error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status < 500

/** What the server said, kept until it changes. Refusals are not asked again; failures twice. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 10_000, retry: (count, error) => count < 2 && !isRefusal(error) },
  },
})
