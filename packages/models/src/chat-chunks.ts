import { isObject } from '@runnel/protocol/json'
import type { TokenUsage } from '@runnel/protocol/message'
import type { Followable, Follower, ModelPart, Taken } from '@runnel/sdk'
import { type AlikeChunks, alikeText, createAlikeChunks, learnAlike, textAlone } from './alike-chunks.ts'
import { chatObject, newCallId, saidIn, textOr, usageOf } from './chat-completion.ts'
import { createEventReader, type EventReader, readEvents } from './event-stream.ts'
import { AHEAD_BYTES, type ProviderAnswer } from './exchange.ts'
import { Fault } from './fault.ts'
import { toolInput } from './tool-input.ts'
import type { StreamAnswer } from './transport.ts'

interface OpenCall {
  id: string
  name: string
  args: string
}

interface Following extends Pick<PromiseWithResolvers<void>, 'resolve' | 'reject'> {
  readonly follower: Follower<ModelPart>
  /** At work on a part. */
  isBusy: boolean
}

/** A stream being read. A record and functions over it: what a token looks at lies together, for each of a thousand streams. */
interface Reading {
  readonly answer: ProviderAnswer
  readonly chunks: Chunks
  /** Parts given so far of those at hand. */
  given: number
  aheadBytes: number
  isOver: boolean
  failure: { readonly error: unknown } | undefined
  waiting: PromiseWithResolvers<IteratorResult<ModelPart, undefined>> | undefined
  following: Following | undefined
}

const END: IteratorReturnResult<undefined> = { done: true, value: undefined }

/**
 * Reads a stream of OpenAI chat completion chunks. Read here and not by the SDK because this is where the tokens of
 * most flows pass: the SDK's chain of streams and schemas costs some 19 µs for each, this a few. Chunks are read when
 * they arrive, and a part goes to whoever waits for it.
 * Ends with a `finish` part. Throws what is wrong after the parts that came before it: a Fault when the stream ends
 * without `finish_reason` and without `[DONE]`, and for chunks that are no JSON or an error.
 */
export function readChatChunks(
  { first, answer }: StreamAnswer,
  { lineBytes }: { readonly lineBytes: number },
): AsyncIterator<ModelPart, undefined> & Pick<Followable<ModelPart>, 'follow'> {
  const reading: Reading = {
    answer,
    chunks: createChunks(lineBytes),
    given: 0,
    aheadBytes: 0,
    isOver: false,
    failure: undefined,
    waiting: undefined,
    following: undefined,
  }
  take(reading, first, 0, first.length)
  if (!reading.isOver) {
    answer.follow({
      take: (bytes, from, to) => take(reading, bytes, from, to),
      end: (error) => end(reading, error),
    })
  }
  return {
    next() {
      const found = next(reading)
      if (found) return Promise.resolve(found)
      reading.aheadBytes = 0
      answer.resume()
      reading.waiting = Promise.withResolvers()
      return reading.waiting.promise
    },
    async return() {
      leave(reading)
      tell(reading)
      return END
    },
    follow(follower) {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      reading.following = { follower, isBusy: false, resolve, reject }
      handOn(reading, reading.following)
      return promise
    },
  }
}

function take(reading: Reading, bytes: Buffer, from: number, to: number): boolean {
  try {
    takeBytes(reading.chunks, bytes, from, to)
    if (reading.chunks.isDone) finish(reading)
  } catch (error) {
    fail(reading, error)
  }
  reading.aheadBytes += to - from
  tell(reading)
  return reading.aheadBytes <= AHEAD_BYTES
}

function end(reading: Reading, error: unknown): void {
  // After the finish reason nothing can be lost any more: whatever ends the stream then, it is complete.
  if (error !== undefined && !(reading.chunks.reason !== '' && isLoss(error))) fail(reading, error)
  else {
    try {
      finish(reading)
    } catch (missing) {
      fail(reading, missing)
    }
  }
  tell(reading)
}

/** The stream is found broken: nothing more is read. */
function fail(reading: Reading, error: unknown): void {
  reading.failure = { error }
  stop(reading)
}

function stop(reading: Reading): void {
  if (reading.isOver) return
  reading.isOver = true
  reading.answer.close(reading.chunks.isDone)
}

function finish(reading: Reading): void {
  stop(reading)
  finishChunks(reading.chunks)
}

/** Gives whoever waits what there is. */
function tell(reading: Reading): void {
  const { following, waiting } = reading
  if (following) handOn(reading, following)
  else if (waiting) {
    const result = next(reading)
    if (!result) return
    waiting.resolve(result)
    reading.waiting = undefined
  }
}

/** Gives a follower what there is, and the end of it, unless the follower keeps the next part back. */
function handOn(reading: Reading, to: Following): void {
  if (to.isBusy) return
  to.isBusy = true // what it does may end the answer
  let taken: Taken | Promise<Taken>
  try {
    for (let part = nextPart(reading); part; part = nextPart(reading)) {
      taken = to.follower(part)
      if (taken !== undefined) break
    }
  } catch (error) {
    fail(reading, error)
  }
  if (taken instanceof Promise) void taken.then((later) => goOn(reading, to, later))
  else settle(reading, to, taken)
}

function goOn(reading: Reading, to: Following, taken: Taken): void {
  to.isBusy = false
  if (taken === false) leave(reading)
  handOn(reading, to)
}

function settle(reading: Reading, to: Following, taken: Taken): void {
  to.isBusy = false
  reading.aheadBytes = 0
  if (taken === false) leave(reading)
  if (reading.failure) to.reject(reading.failure.error)
  else if (reading.isOver) to.resolve()
  else reading.answer.resume()
}

function nextPart(reading: Reading): ModelPart | undefined {
  const { parts } = reading.chunks
  if (reading.given < parts.length) return parts[reading.given++]
  if (reading.given > 0) {
    reading.chunks.parts = []
    reading.given = 0
  }
  return undefined
}

function leave(reading: Reading): void {
  stop(reading)
  reading.failure = undefined
  reading.chunks.parts = []
  reading.given = 0
}

/** The next part, or the end; undefined while neither is there. */
function next(reading: Reading): IteratorResult<ModelPart, undefined> | Promise<never> | undefined {
  const value = nextPart(reading)
  if (value) return { done: false, value }
  if (reading.failure) return Promise.reject(reading.failure.error)
  return reading.isOver ? END : undefined
}

/** What ends a connection, but not what it has brought. */
const isLoss = (error: unknown): boolean =>
  error instanceof Fault && (error.reason.kind === 'connection' || error.reason.kind === 'timeout')

/** What the chunks read so far add up to. */
interface Chunks {
  readonly events: EventReader
  readonly alike: AlikeChunks
  readonly calls: OpenCall[]
  readonly callOf: Map<number, OpenCall>
  /** Those that nobody has taken yet. */
  parts: ModelPart[]
  usage: TokenUsage | null
  /** Of the end, once the server has named it. */
  reason: string
  isDone: boolean
}

const createChunks = (lineBytes: number): Chunks => ({
  events: createEventReader({ lineBytes }),
  alike: createAlikeChunks(),
  calls: [],
  callOf: new Map(),
  parts: [],
  usage: null,
  reason: '',
  isDone: false,
})

/** @throws Fault; the parts before it are kept. */
function takeBytes(chunks: Chunks, bytes: Buffer, from: number, to: number): void {
  for (const data of readEvents(chunks.events, bytes, from, to)) {
    if (data === '[DONE]') {
      chunks.isDone = true
      return
    }
    if (data !== '') takeChunk(chunks, data)
  }
}

function takeChunk(chunks: Chunks, data: string): void {
  const { alike, parts, calls, callOf } = chunks
  const known = alikeText(alike, data)
  if (known !== undefined) return void parts.push({ type: 'text-delta', text: known })
  const chunk = chatObject(data)
  const text = textAlone(chunk)
  if (text !== undefined) {
    learnAlike(alike, data, text)
    return void parts.push({ type: 'text-delta', text })
  }
  if (chunk.usage) chunks.usage = usageOf(chunk.usage)
  const choice = Array.isArray(chunk.choices) ? chunk.choices[0] : undefined
  if (!isObject(choice)) return
  const { delta } = choice
  if (isObject(delta)) {
    parts.push(...saidIn(delta))
    if (Array.isArray(delta.tool_calls)) collect(calls, callOf, delta.tool_calls)
  }
  chunks.reason = textOr(choice.finish_reason) || chunks.reason
}

/** Nothing more comes. @throws Fault when something is missing. */
function finishChunks({ isDone, reason, calls, parts, usage }: Chunks): void {
  if (!isDone && reason === '') throw new Fault({ kind: 'broken', why: 'it ended before it was complete' })
  for (const { id, name, args } of calls) {
    parts.push({ type: 'tool-call', call: { id: id || newCallId(), name, input: toolInput(args) } })
  }
  parts.push({ type: 'finish', reason: reason || 'stop', usage })
}

/** Adds fragments to the calls begun. Some servers never count, so another id at the same index is another call. */
function collect(calls: OpenCall[], callOf: Map<number, OpenCall>, fragments: readonly unknown[]): void {
  for (const fragment of fragments) {
    if (!isObject(fragment)) continue
    const given = isObject(fragment.function) ? fragment.function : {}
    const id = textOr(fragment.id)
    const index = typeof fragment.index === 'number' ? fragment.index : -1
    let call = callOf.get(index)
    if (!call || (id !== '' && call.id !== '' && call.id !== id)) {
      call = { id, name: '', args: '' }
      calls.push(call)
      callOf.set(index, call)
    }
    call.id ||= id
    call.name ||= textOr(given.name)
    call.args += textOr(given.arguments)
  }
}
