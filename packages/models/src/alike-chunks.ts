import { isObject, type JsonObject } from '@runnel/protocol/json'
import { textOr } from './chat-completion.ts'

/**
 * Reads the text of chunks that differ in their text alone from one that was read before, as nearly all of a stream do:
 * what stands before and after the text is compared, and nothing is parsed.
 */
export interface AlikeChunks {
  /** What stands before and after the text; empty until a chunk was learned. */
  before: string
  after: string
  tries: number
}

/** Chunks that are never alike, as with an id each, cost no more than these tries. */
const MOST_TRIES = 4
/** Stands the same in JSON: no quote, no backslash, no control character. */
const isPlain = (text: string): boolean => !/["\\\p{Cc}]/u.test(text)
/** Not what any server sends. */
const PROBE = 'a text for the place of a text'

export const createAlikeChunks = (): AlikeChunks => ({ before: '', after: '', tries: 0 })

/** The text of a chunk like the last one learned; undefined when it has to be read. */
export function alikeText({ before, after }: AlikeChunks, chunk: string): string | undefined {
  const end = chunk.length - after.length
  if (before === '' || end <= before.length || !chunk.startsWith(before) || !chunk.endsWith(after)) return undefined
  const text = chunk.slice(before.length, end)
  return isPlain(text) ? text : undefined
}

/** Keeps what surrounds the text of a chunk that holds nothing else. */
export function learnAlike(alike: AlikeChunks, chunk: string, text: string): void {
  if (alike.tries === MOST_TRIES || !isPlain(text)) return
  alike.tries++
  const at = chunk.lastIndexOf(`"${text}"`)
  if (at === -1) return
  const start = chunk.slice(0, at + 1)
  const end = chunk.slice(at + 1 + text.length)
  if (!isPlaceOfText(start, end)) return
  alike.before = ownCopy(start)
  alike.after = ownCopy(end)
}

/** Text in a place of its own, not a view of the chunk: every token is compared with it, and it is the nearer for that. */
const ownCopy = (text: string): string => Buffer.from(text).toString()

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
