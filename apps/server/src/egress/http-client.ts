import { AppError } from '@runnel/protocol/errors'
import type { HttpAnswer, HttpPort, HttpRequest } from '@runnel/sdk'
import type { AddressRules } from './address-rules.ts'
import { type Exchange, exchange, type OpenAnswer, openExchange } from './http-exchange.ts'

const MEGABYTE = 1024 * 1024
const LIMITS = { timeoutMs: 300_000, maxBytes: 100 * MEGABYTE, redirects: 5, urlLength: 8192 } as const
const USUAL = { timeoutMs: 30_000, maxBytes: 10 * MEGABYTE, redirects: LIMITS.redirects } as const

const REDIRECTS = new Set([301, 302, 303, 307, 308])
/** Headers that are meant for one server and not shown to the next. */
const SECRET = /auth|cookie|token|secret|key|signature|password|credential/i

/** A request whose answer is read while it arrives. */
export interface OpenRequest extends Pick<HttpRequest, 'method' | 'headers' | 'body' | 'maxBytes'> {
  /** false: whoever shows any certificate is believed. */
  readonly verifyCertificate?: boolean
}

export interface HttpClient extends HttpPort {
  /** As `fetch`, with a body that is read while it arrives and no other end than the signal's. */
  open(url: string, request: OpenRequest, signal: AbortSignal): Promise<OpenAnswer & { readonly url: string }>
}

/** The way out for components: every address is checked, also those that redirects lead to. */
export function createHttpClient(rules: AddressRules): HttpClient {
  return {
    async fetch(address, request, signal) {
      const timeoutMs = within(request.timeoutMs, USUAL.timeoutMs, LIMITS.timeoutMs)
      const timer = AbortSignal.timeout(timeoutMs)
      try {
        return await follow(address, request, exchange, AbortSignal.any([signal, timer]))
      } catch (error) {
        if (!timer.aborted || signal.aborted) throw error
        const why = `Could not reach ${hostOf(address)}: no answer within ${timeoutMs / 1000} seconds.`
        throw new AppError('bad_request', [why], { cause: error })
      }
    },
    open: (address, request, signal) => follow(address, request, openExchange, signal),
  }

  async function follow<Answer extends Pick<OpenAnswer, 'status' | 'headers'> & Partial<Pick<OpenAnswer, 'close'>>>(
    address: string,
    request: HttpRequest & OpenRequest,
    send: (exchange: Exchange, signal: AbortSignal) => Promise<Answer>,
    signal: AbortSignal,
  ): Promise<Answer & Pick<HttpAnswer, 'url' | 'redirects'>> {
    const maxBytes = within(request.maxBytes, USUAL.maxBytes, LIMITS.maxBytes)
    const most = within(request.redirects, USUAL.redirects, LIMITS.redirects, 0)
    const { verifyCertificate = true } = request
    const redirects: { url: string; status: number }[] = []
    let url = parsed(address)
    let { method = 'GET', headers = {}, body } = request
    for (;;) {
      const lookup = rules(url)
      const answer = await send({ url, method, headers, body, lookup, maxBytes, verifyCertificate }, signal)
      const { location } = answer.headers
      if (!REDIRECTS.has(answer.status) || location === undefined || most === 0) {
        return { ...answer, url: url.href, redirects }
      }
      if (redirects.length === most) throw new AppError('bad_request', [`More than ${most} redirects from ${address}`])
      answer.close?.()
      redirects.push({ url: url.href, status: answer.status })
      const next = parsed(location, url)
      if (next.origin !== url.origin) headers = without(headers, SECRET)
      if (answer.status === 303 || (answer.status < 303 && method === 'POST')) {
        method = method === 'HEAD' ? 'HEAD' : 'GET'
        body = undefined
        headers = without(headers, /^content-/i)
      }
      url = next
    }
  }
}

function parsed(address: string, base?: URL): URL {
  const url = address.length <= LIMITS.urlLength ? URL.parse(address, base) : null
  if (!url) throw new AppError('bad_request', [`${address.slice(0, 200)} is no address that can be called.`])
  url.hash = ''
  return url
}

const without = (headers: Readonly<Record<string, string>>, names: RegExp): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !names.test(name)))

const hostOf = (address: string): string => URL.parse(address)?.host ?? address.slice(0, 200)

/** What was asked for, as far as it is allowed; what makes no sense counts as not asked for. */
function within(value: number | undefined, usual: number, most: number, least = 1): number {
  return value !== undefined && value >= least ? Math.min(value, most) : usual
}
