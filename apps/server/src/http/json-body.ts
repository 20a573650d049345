import { isUtf8 } from 'node:buffer'
import { AppError } from '@runnel/protocol/errors'
import type { ValidationItem } from './validation.ts'

/** The value a JSON body holds. @throws AppError `request_invalid` with FastAPI's `json_invalid` item. */
export function parseJsonBody(body: Buffer, maxDepth: number): unknown {
  if (!isUtf8(body)) throw notJson(0, 'The body is not UTF-8')
  const tooDeepAt = depthExceededAt(body, maxDepth)
  if (tooDeepAt !== undefined) throw notJson(tooDeepAt, `The body is nested deeper than ${maxDepth} levels`)
  const text = body.toString('utf8')
  try {
    const value: unknown = JSON.parse(text)
    return /__proto__|\\u005[fF]/.test(text) ? withoutPrototypes(text) : value
  } catch (error) {
    const { offset, reason } = explain(error, text)
    throw notJson(offset, reason)
  }
}

/** Fits the body of an unreadable file as well: the reason is one sentence without the content. */
function notJson(offset: number, reason: string): AppError {
  const item: ValidationItem = {
    type: 'json_invalid',
    loc: ['body', offset],
    msg: 'JSON decode error',
    input: {},
    ctx: { error: reason },
  }
  return new AppError('request_invalid', [], { detail: [item] })
}

/** A key `__proto__` means nothing in any request, and everything to code that copies objects carelessly. */
const withoutPrototypes = (text: string): unknown =>
  JSON.parse(text, (key, value) => (key === '__proto__' ? undefined : value))

function explain(error: unknown, text: string): { readonly offset: number; readonly reason: string } {
  const message = error instanceof Error ? error.message : ''
  const end = message.startsWith('Unexpected end') ? text.length : 0
  const offset = Number(/position (\d+)/.exec(message)?.[1] ?? end)
  // V8 quotes the body in its messages; only what comes before the quotation is passed on.
  const reason = /^(Unexpected end of JSON input|Unexpected token|[^"]+(?= in JSON at position))/.exec(message)?.[1]
  return { offset, reason: reason ?? 'The body is not JSON' }
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_LIST = 0x5b
const CLOSE_LIST = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d

/** The offset of the first bracket beyond `maxDepth` levels, if any. */
function depthExceededAt(body: Uint8Array, maxDepth: number): number | undefined {
  const { length } = body
  if (length <= maxDepth) return undefined
  let depth = 0
  let inString = false
  for (let at = 0; at < length; at++) {
    const byte = body[at]
    if (inString) {
      if (byte === BACKSLASH) at++
      else if (byte === QUOTE) inString = false
    } else if (byte === QUOTE) inString = true
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      depth++
      if (depth > maxDepth) return at
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth--
  }
  return undefined
}
