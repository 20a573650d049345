import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { messageOf } from '@runnel/protocol/errors'
import { createAddressRules } from '../egress/address-rules.ts'
import { createHttpClient, type HttpClient } from '../egress/http-client.ts'
import type { ExportTarget } from './export-targets.ts'
import { encodeRequest } from './otlp.ts'
import { refusedSpans } from './partial-success.ts'

/** How sending went. */
export type Sent =
  | { readonly ok: true; readonly status: number }
  | {
      readonly ok: false
      /** Null when there was no answer. */
      readonly status: number | null
      readonly error: string
      /** Milliseconds to wait before it is tried again, as the tool asks; null when trying again is of no use. */
      readonly retryAfterMs: number | null
    }

const TIMEOUT_MS = 10_000
const MOST_BYTES = 65_536
const ERROR_LENGTH = 300
/** As OTLP says: these pass, all others do not. */
const PASSING = new Set([408, 429, 502, 503, 504])
const pack = promisify(gzip)

/**
 * The way out to the tools the operator has named. The host that was named may be one of this machine or network; no
 * redirect leads elsewhere, so that no key is shown to anybody else.
 */
export const createTargetHttp = (targets: readonly ExportTarget[]): Pick<HttpClient, 'fetch'> =>
  createHttpClient(createAddressRules({ allowed: targets.flatMap(({ url }) => hostOf(url)) }))

const hostOf = (url: string): readonly string[] => {
  const host = URL.parse(url)?.hostname
  return host ? [host] : []
}

/** Sends spans once. Never throws: whatever goes wrong is told. */
export async function sendSpans(
  { url, headers, resource, compress }: ExportTarget,
  scopes: readonly Uint8Array[],
  http: Pick<HttpClient, 'fetch'>,
  signal: AbortSignal,
): Promise<Sent> {
  try {
    const plain = encodeRequest(resource, scopes)
    const request = {
      method: 'POST',
      headers: {
        ...headers,
        'content-type': 'application/x-protobuf',
        'user-agent': 'Runnel',
        ...(compress && { 'content-encoding': 'gzip' }),
      },
      body: compress ? await pack(plain) : plain,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MOST_BYTES,
      redirects: 0,
    }
    const answer = await http.fetch(url, request, signal)
    const { status } = answer
    if (status >= 200 && status < 300) {
      const refusal = refusedSpans(answer.body, answer.headers['content-type'])
      return refusal === undefined ? { ok: true, status } : { ok: false, status, error: refusal, retryAfterMs: null }
    }
    const said = Buffer.from(answer.body)
      .toString()
      .replace(/[^\x20-\x7e\u00a0-\uffff]+/g, ' ')
      .trim()
    const error = `Answered with status ${status}${said === '' ? '.' : `: ${said}`}`.slice(0, ERROR_LENGTH)
    return {
      ok: false,
      status,
      error,
      retryAfterMs: PASSING.has(status) ? waitOf(answer.headers['retry-after']) : null,
    }
  } catch (error) {
    return { ok: false, status: null, error: messageOf(error).slice(0, ERROR_LENGTH), retryAfterMs: 0 }
  }
}

/** Seconds as milliseconds; a date, or nothing, is 0. */
const waitOf = (header: string | undefined): number =>
  Math.min(Number(/^\d+$/.exec(header ?? '')?.[0] ?? 0), 300) * 1000
