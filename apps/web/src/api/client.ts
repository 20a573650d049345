import { createClient } from '@runnel/client'
import { autoLogin, refresh } from '@runnel/protocol/login'
import { QueryClient } from '@tanstack/react-query'

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
  const send = (): Promise<Response> => fetch(url, { ...init, credentials: 'same-origin' })
  const response = await send()
  if (response.status !== 401 || isAboutLogin(url)) return response
  return (await renewSession()) ? send() : response
}

export const client = createClient({ baseUrl: origin, fetch: request })

const isRefusal = (error: unknown): boolean =>
  error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status < 500

/** What the server said, kept until it changes. Refusals are not asked again; failures twice. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 10_000, retry: (count, error) => count < 2 && !isRefusal(error) },
  },
})
