import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import { exchange } from './exchange.ts'
import { errorOf, Fault, faultOf } from './fault.ts'
import { modelLimits } from './limits.ts'

/** How servers tell which models they have. */
export type ModelListing = keyof typeof LISTINGS

/** A server that tells which models it has. */
export interface ModelServer {
  /** The provider as users name it. */
  readonly provider: string
  readonly speaks: ModelListing
  readonly baseUrl: string
  readonly apiKey: string
}

const TIMEOUT_MS = 5000

interface Listing {
  readonly urlOf: (base: string) => string
  /** How it takes its key. */
  readonly headersOf: (apiKey: string) => Readonly<Record<string, string>>
  /** Where the list is in the answer, and the name in each of its entries. */
  readonly list: string
  readonly name: string
}

const bearer = (apiKey: string) => ({ authorization: `Bearer ${apiKey}` })
/** As many as are given at once. */
const LISTINGS = {
  openai: { urlOf: (base) => `${base}/models`, headersOf: bearer, list: 'data', name: 'id' },
  ollama: {
    urlOf: (base) => `${base.replace(/\/(v1|api)$/, '')}/api/tags`,
    headersOf: bearer,
    list: 'models',
    name: 'name',
  },
  anthropic: {
    urlOf: (base) => `${base}/models?limit=1000`,
    headersOf: (apiKey) => ({ 'x-api-key': apiKey, 'anthropic-version': '2023-06-01' }),
    list: 'data',
    name: 'id',
  },
  google: {
    urlOf: (base) => `${base}/models?pageSize=1000`,
    headersOf: (apiKey) => ({ 'x-goog-api-key': apiKey }),
    list: 'models',
    name: 'name',
  },
} satisfies Record<string, Listing>

/**
 * The names of the models a server has, in its order.
 * @throws AppError `model_error`, `model_timeout` or `address_refused` when it does not tell; the signal's reason.
 */
export async function listModels(
  { provider, speaks, baseUrl, apiKey }: ModelServer,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const base = baseUrl.trim().replace(/\/+$/, '')
  if (!/^https?:$/.test(URL.parse(base)?.protocol ?? '')) {
    throw new AppError('model_error', [`The base URL of ${provider} is no http or https address.`])
  }
  const listing: Listing = LISTINGS[speaks]
  const headers = { accept: 'application/json', ...(apiKey !== '' && listing.headersOf(apiKey)) }
  const limits = { ...modelLimits(), connectMs: TIMEOUT_MS, firstByteMs: TIMEOUT_MS }
  try {
    const answer = await exchange({ url: listing.urlOf(base), headers, body: '', method: 'GET' }, limits, signal)
    const chunks: Buffer[] = []
    for (let chunk = await answer.read(); chunk; chunk = await answer.read()) chunks.push(chunk)
    const body = Buffer.concat(chunks).toString('utf8')
    if (answer.status !== 200) throw new Fault({ kind: 'status', status: answer.status, body, retryAfter: undefined })
    return namesIn(body, listing)
  } catch (error) {
    signal.throwIfAborted()
    const fault = faultOf(error)
    throw fault ? errorOf(fault, { provider, secret: apiKey }) : error
  }
}

function namesIn(body: string, { list, name }: Listing): readonly string[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    parsed = undefined
  }
  const found = isObject(parsed) ? parsed[list] : undefined
  if (!Array.isArray(found)) throw new Fault({ kind: 'broken', why: 'it lists no models', quote: body })
  return found.flatMap((model) => {
    const named = isObject(model) ? model[name] : undefined
    // Google writes `models/gemini-…`.
    return typeof named === 'string' ? [named.replace(/^models\//, '')] : []
  })
}
