import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { RunContext } from '@runnel/sdk'
import { askJson, objectsIn, postJson, textIn, USER_AGENT } from './ask-service.ts'

const CARD = '/.well-known/agent-card.json'
const MAX_CARD_BYTES = 256 * 1024
const MAX_TEXT = 100_000

export interface AgentAccess {
  /** Of the agent, or of its card. */
  readonly url: string
  readonly key: string
  readonly timeoutMs: number
}

/**
 * Says something to an agent that speaks A2A and gives its answer, the texts of it one below the other.
 * @throws AppError `bad_request` when it does not answer, or not with a text
 */
export async function askAgent(
  text: string,
  { url, key, timeoutMs }: AgentAccess,
  context: RunContext,
): Promise<string> {
  const headers = key === '' ? {} : { 'x-api-key': key }
  const card = await askJson(
    cardAddress(url),
    { headers: { ...USER_AGENT, ...headers }, timeoutMs, maxBytes: MAX_CARD_BYTES },
    context,
  )
  const address = URL.parse(textIn(card.url), cardAddress(url))
  if (!address) throw new AppError('bad_request', ['The card of the agent does not say where it is.'])
  // A key is for the server it was given for, wherever the card points.
  const isSame = address.origin === new URL(cardAddress(url)).origin
  const message = { role: 'user', kind: 'message', messageId: crypto.randomUUID(), parts: [{ kind: 'text', text }] }
  const call = {
    jsonrpc: '2.0',
    id: crypto.randomUUID(),
    method: 'message/send',
    params: { message, configuration: { blocking: true, acceptedOutputModes: ['text'] } },
  }
  const request = { ...postJson(call, isSame ? headers : {}), timeoutMs }
  const answer = await askJson(address.href, request, context)
  if (isObject(answer.error)) throw new AppError('bad_request', [textIn(answer.error.message) || 'The agent refused.'])
  return textOf(isObject(answer.result) ? answer.result : {}).slice(0, MAX_TEXT)
}

function cardAddress(url: string): string {
  const address = URL.parse(url.trim())
  if (!address) throw new AppError('invalid_field', [`${url} is no address. Enter that of an agent, with https://.`])
  if (address.pathname.endsWith('.json')) return address.href
  return `${address.href.replace(/\/+$/, '')}${CARD}`
}

/** A message, or a task that has been completed, with its artifacts or else the last thing said. */
function textOf(result: JsonObject): string {
  if (result.kind === 'message' || Array.isArray(result.parts)) return partsOf(result)
  const status = isObject(result.status) ? result.status : {}
  const last = isObject(status.message) ? partsOf(status.message) : ''
  if (status.state !== 'completed') {
    const why = last === '' ? '' : `: ${last}`
    throw new AppError('bad_request', [
      `The agent did not complete its task (${textIn(status.state) || 'unknown'})${why}`,
    ])
  }
  const artifacts = objectsIn(result.artifacts)
    .map(partsOf)
    .filter((text) => text !== '')
  return artifacts.length > 0 ? artifacts.join('\n') : last
}

const partsOf = ({ parts }: JsonObject): string =>
  objectsIn(parts)
    .map(({ text }) => textIn(text))
    .filter((text) => text !== '')
    .join('\n')
