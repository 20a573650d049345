import { isObject, type JsonObject } from '@runnel/protocol/json'
import { textOr } from './chat-completion.ts'

/**
 * Finds the text of events that differ in their text alone from one that was read before, as nearly all of a stream do:
 * the bytes before and after the text are compared, and of the event nothing is decoded or parsed but its text.
 */
export interface AlikeChunks {
  /** The bytes of an event before its text and after it, to its end; empty until one was learned. */
  before: Buffer
  after: Buffer
  tries: number
}

/** Chunks that are never alike, as with an id each, cost no more than these tries. */
const MOST_TRIES = 4
/** Stands the same in JSON: no quote, no backslash, no control character. */
const isPlain = (text: string): boolean => !/["\\\p{Cc}]/u.test(text)
/** Not what any server sends. */
const PROBE = 'a text for the place of a text'

const NONE = Buffer.alloc(0)
const QUOTE = 0x22
const BACKSLASH = 0x5c
const SPACE = 0x20

export const createAlikeChunks = (): AlikeChunks => ({ before: NONE, after: NONE, tries: 0 })

/**
 * Where the text of the event at `from` ends, in bytes: it begins `before.length` after `from`, and the event ends
 * `after.length` after its text. -1 when the event is not like the one learned last and has to be read.
 */
export function endOfText({ before, after }: AlikeChunks, bytes: Uint8Array, from: number, to: number): number {
  const begin = from + before.length
  if (before.length === 0 || !startsWith(bytes, from, to, before)) return -1
  const end = endOfPlain(bytes, begin, to)
  return end > begin && startsWith(bytes, end, to, after) ? end : -1
}

/** Where bytes end that stand the same in JSON; those of a character beyond ASCII all do. */
function endOfPlain(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0
    if (byte === QUOTE || byte === BACKSLASH || byte < SPACE) return at
  }
  return to
}

/** Compared here, for they are few: a call to compare them costs more. */
function startsWith(bytes: Uint8Array, from: number, to: number, what: Uint8Array): boolean {
  const { length } = what
  if (to - from < length) return false
  for (let i = 0; i < length; i++) if (bytes[from + i] !== what[i]) return false
  return true
}

/** Keeps what surrounds the text of an event whose chunk holds nothing else. `event` are its lines with the empty one. */
export function learnAlike(alike: AlikeChunks, event: string, chunk: string, text: string): void {
  if (alike.tries === MOST_TRIES || !isPlain(text)) return
  alike.tries++
  const place = chunk.lastIndexOf(`"${text}"`) + 1
  const chunkAt = event.indexOf(chunk)
  if (place === 0 || chunkAt === -1 || !isPlaceOfText(chunk.slice(0, place), chunk.slice(place + text.length))) return
  const textAt = chunkAt + place
  alike.before = Buffer.from(event.slice(0, textAt))
  alike.after = Buffer.from(event.slice(textAt + text.length))
}

/** Whether whatever stands between these is the text: quotes may as well end one string and begin the next. */
function isPlaceOfText(start: string, end: string): boolean {
  try {
    const probe: unknown = JSON.parse(start + PROBE + end)
    return isObject(probe) && textAlone(probe) === PROBE
  } catch {
    return false
  }
}

/** What nearly every chunk holds: some text and nothing else. */
export function textAlone(chunk: JsonObject): string | undefined {
  if (chunk.usage) return undefined
  const choice = Array.isArray(chunk.choices) ? chunk.choices[0] : undefined
  if (!isObject(choice) || !isObject(choice.delta) || textOr(choice.finish_reason) !== '') return undefined
  const { content, reasoning, reasoning_content, refusal, tool_calls } = choice.delta
  const isAlone = !reasoning && !reasoning_content && !refusal && !Array.isArray(tool_calls)
  return typeof content === 'string' && content !== '' && isAlone ? content : undefined
}
