import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { TokenUsage } from '@runnel/protocol/message'
import type { Followable, Follower, ModelPart, Taken } from '@runnel/sdk'
import { type AlikeChunks, createAlikeChunks, endOfText, learnAlike, textAlone } from './alike-chunks.ts'
import { chatObject, newCallId, saidIn, textOr, usageOf } from './chat-completion.ts'
import { createEventReader, type EventReader, isBetweenEvents, readEvents } from './event-stream.ts'
import { AHEAD_BYTES, type AnswerFollower, type ProviderAnswer } from './exchange.ts'
import { Fault } from './fault.ts'
import { toolInput } from './tool-input.ts'
import type { StreamAnswer } from './transport.ts'

interface OpenCall {
  id: string
  name: string
  args: string
}

type Followed = AsyncIterator<ModelPart, undefined> & Pick<Followable<ModelPart>, 'follow'>

const END: IteratorReturnResult<undefined> = { done: true, value: undefined }

/**
 * A stream being read, and what its chunks add up to: one object, with what a token looks at together, for each of a
 * thousand streams.
 */
class Reading implements AnswerFollower, Followed {
  readonly answer: ProviderAnswer
  readonly events: EventReader
  readonly alike: AlikeChunks = createAlikeChunks()
  follower: Follower<ModelPart> | undefined
  /** The follower is at work on a part, and what comes meanwhile waits. */
  isBusy = false
  isDone = false
  isPaused = false
  isOver = false
  /** Whoever reads wants no more. */
  isLeft = false
  aheadBytes = 0
  failure: { readonly error: unknown } | undefined
  waiting: PromiseWithResolvers<IteratorResult<ModelPart, undefined>> | undefined
  /** Settled at the end of the following. */
  followed: Pick<PromiseWithResolvers<void>, 'resolve' | 'reject'> | undefined
  /** Parts that nobody has taken yet. */
  parts: ModelPart[] = []
  /** Of them, given already. */
  given = 0
  usage: TokenUsage | null = null
  /** Of the end, once the server has named it. */
  reason = ''
  readonly calls: OpenCall[] = []
  readonly callOf = new Map<number, OpenCall>()

  constructor(answer: ProviderAnswer, lineBytes: number) {
    this.answer = answer
    this.events = createEventReader({ lineBytes })
  }

  /** @returns whether more is wanted */
  take(bytes: Buffer, from: number, to: number): boolean {
    try {
      takeBytes(this, bytes, from, to)
      if (this.isDone) finish(this)
    } catch (error) {
      fail(this, error)
    }
    this.aheadBytes += to - from
    tell(this)
    this.isPaused = this.aheadBytes > AHEAD_BYTES
    return !this.isPaused
  }

  end(error: unknown): void {
    // After the finish reason nothing can be lost any more: whatever ends the stream then, it is complete.
    if (error !== undefined && !(this.reason !== '' && isLoss(error))) fail(this, error)
    else {
      try {
        finish(this)
      } catch (missing) {
        fail(this, missing)
      }
    }
    tell(this)
  }

  next(): Promise<IteratorResult<ModelPart, undefined>> {
    const found = nextResult(this)
    if (found) return Promise.resolve(found)
    resume(this)
    this.waiting = Promise.withResolvers()
    return this.waiting.promise
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    leave(this)
    tell(this)
    return END
  }

  follow(follower: Follower<ModelPart>): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.follower = follower
    this.followed = { resolve, reject }
    handOn(this)
    return promise
  }
}

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
): Followed {
  const reading = new Reading(answer, lineBytes)
  reading.take(first, 0, first.length)
  if (!reading.isOver) answer.follow(reading)
  return reading
}

/** What ends a connection, but not what it has brought. */
const isLoss = (error: unknown): boolean =>
  error instanceof Fault && (error.reason.kind === 'connection' || error.reason.kind === 'timeout')

/** The stream is found broken: nothing more is read. */
function fail(reading: Reading, error: unknown): void {
  reading.failure = { error }
  stop(reading)
}

function stop(reading: Reading): void {
  if (reading.isOver) return
  reading.isOver = true
  reading.answer.close(reading.isDone)
}

function leave(reading: Reading): void {
  stop(reading)
  reading.isLeft = true
  reading.failure = undefined
  reading.parts = []
  reading.given = 0
}

/** What was read ahead has been taken. */
function resume(reading: Reading): void {
  reading.aheadBytes = 0
  if (!reading.isPaused) return
  reading.isPaused = false
  reading.answer.resume()
}

/** To the follower at once; else it waits for whoever reads. */
function give(reading: Reading, part: ModelPart): void {
  if (reading.isLeft) return
  if (reading.follower && !reading.isBusy) hand(reading, reading.follower, part)
  else reading.parts.push(part)
}

/** Gives the follower a part; it may keep the next one back, or want no more. @throws what the follower throws */
function hand(reading: Reading, follower: Follower<ModelPart>, part: ModelPart): void {
  let taken: Taken | Promise<Taken>
  reading.isBusy = true // what it does may end the answer
  try {
    taken = follower(part)
  } finally {
    reading.isBusy = taken instanceof Promise
  }
  if (taken instanceof Promise) {
    void taken.then((later) => {
      reading.isBusy = false
      if (later === false) leave(reading)
      handOn(reading)
    })
  } else if (taken === false) leave(reading)
}

/** Gives the follower what has waited, and the end of it. */
function handOn(reading: Reading): void {
  try {
    while (reading.follower && !reading.isBusy) {
      const part = nextPart(reading)
      if (!part) break
      hand(reading, reading.follower, part)
    }
  } catch (error) {
    fail(reading, error)
  }
  tell(reading)
}

/** Tells whoever waits what there is. */
function tell(reading: Reading): void {
  const { followed, waiting } = reading
  if (followed) {
    if (reading.isBusy) return
    if (reading.failure) followed.reject(reading.failure.error)
    else if (reading.isOver) followed.resolve()
    else resume(reading)
  } else if (waiting) {
    const result = nextResult(reading)
    if (!result) return
    waiting.resolve(result)
    reading.waiting = undefined
  }
}

function nextPart(reading: Reading): ModelPart | undefined {
  const { parts } = reading
  if (reading.given < parts.length) return parts[reading.given++]
  if (reading.given > 0) {
    reading.parts = []
    reading.given = 0
  }
  return undefined
}

/** The next part, or the end; undefined while neither is there. */
function nextResult(reading: Reading): IteratorResult<ModelPart, undefined> | Promise<never> | undefined {
  const value = nextPart(reading)
  if (value) return { done: false, value }
  if (reading.failure) return Promise.reject(reading.failure.error)
  return reading.isOver ? END : undefined
}

/** @throws Fault; the parts before it are given. */
function takeBytes(reading: Reading, bytes: Buffer, from: number, to: number): void {
  const { alike, events } = reading
  for (let at = from; at < to && !reading.isDone; ) {
    const textEnd = isBetweenEvents(events) ? endOfText(alike, bytes, at, to) : -1
    const isAlike = textEnd !== -1 && textEnd + alike.after.length - at <= events.lineBytes
    const end = isAlike ? textEnd + alike.after.length : endOfEvent(bytes, at, to)
    if (isAlike) giveText(reading, bytes.toString(undefined, at + alike.before.length, textEnd))
    else readChunks(reading, bytes, at, end)
    at = end
  }
}

const LINE_END = 0x0a

/** Behind the first empty line, where the next event begins; `to` without one. */
function endOfEvent(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from + 1; at < to; at++) if (bytes[at] === LINE_END && bytes[at - 1] === LINE_END) return at + 1
  return to
}

function readChunks(reading: Reading, bytes: Buffer, from: number, to: number): void {
  const isFromItsBegin = isBetweenEvents(reading.events)
  const read = readEvents(reading.events, bytes, from, to)
  const isOne = isFromItsBegin && read.length === 1 && isBetweenEvents(reading.events)
  for (const data of read) {
    if (data === '[DONE]') {
      reading.isDone = true
      return
    }
    if (data === '') continue
    const chunk = chatObject(data)
    const text = textAlone(chunk)
    if (text === undefined) takeChunk(reading, chunk)
    else {
      if (isOne) learnAlike(reading.alike, bytes.toString(undefined, from, to), data, text)
      giveText(reading, text)
    }
  }
}

const giveText = (reading: Reading, text: string): void => give(reading, { type: 'text-delta', text })

function takeChunk(reading: Reading, chunk: JsonObject): void {
  if (chunk.usage) reading.usage = usageOf(chunk.usage)
  const choice = Array.isArray(chunk.choices) ? chunk.choices[0] : undefined
  if (!isObject(choice)) return
  const { delta } = choice
  if (isObject(delta)) {
    for (const part of saidIn(delta)) give(reading, part)
    if (Array.isArray(delta.tool_calls)) collect(reading.calls, reading.callOf, delta.tool_calls)
  }
  reading.reason = textOr(choice.finish_reason) || reading.reason
}

/** Nothing more comes. @throws Fault when something is missing. */
function finish(reading: Reading): void {
  stop(reading)
  const { isDone, reason, calls, usage } = reading
  if (!isDone && reason === '') throw new Fault({ kind: 'broken', why: 'it ended before it was complete' })
  for (const { id, name, args } of calls) {
    give(reading, { type: 'tool-call', call: { id: id || newCallId(), name, input: toolInput(args) } })
  }
  give(reading, { type: 'finish', reason: reason || 'stop', usage })
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
