import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import { exchange } from './exchange.ts'
import { errorOf, Fault, faultOf } from './fault.ts'
import { modelLimits } from './limits.ts'

/** A server that tells which models it has. */
export interface ModelServer {
  /** The provider as users name it. */
  readonly provider: string
  /** `ollama` answers `/api/tags`, all others `/models`. */
  readonly speaks: 'ollama' | 'openai'
  readonly baseUrl: string
  readonly apiKey: string
}

const TIMEOUT_MS = 5000

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
  const url = speaks === 'ollama' ? `${base.replace(/\/(v1|api)$/, '')}/api/tags` : `${base}/models`
  const headers = { accept: 'application/json', ...(apiKey !== '' && { authorization: `Bearer ${apiKey}` }) }
  const limits = { ...modelLimits(), connectMs: TIMEOUT_MS, firstByteMs: TIMEOUT_MS }
  try {
    const answer = await exchange({ url, headers, body: '', method: 'GET' }, limits, signal)
    const chunks: Buffer[] = []
    for (let chunk = await answer.read(); chunk; chunk = await answer.read()) chunks.push(chunk)
    const body = Buffer.concat(chunks).toString('utf8')
    if (answer.status !== 200) throw new Fault({ kind: 'status', status: answer.status, body, retryAfter: undefined })
    return namesIn(body, speaks === 'ollama' ? ['models', 'name'] : ['data', 'id'])
  } catch (error) {
    signal.throwIfAborted()
    const fault = faultOf(error)
    throw fault ? errorOf(fault, { provider, secret: apiKey }) : error
  }
}

function namesIn(body: string, [list, name]: readonly [string, string]): readonly string[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    parsed = undefined
  }
  const found = isObject(parsed) ? parsed[list] : undefined
  if (!Array.isArray(found)) throw new Fault({ kind: 'broken', why: 'it lists no models', quote: body })
  return found.flatMap((model) => (isObject(model) && typeof model[name] === 'string' ? [model[name]] : []))
}
