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

/**
 * A stream being read, and what its chunks add up to. A record and functions over it: what a token looks at lies
 * together, for each of a thousand streams.
 */
interface Reading {
  readonly answer: ProviderAnswer
  readonly events: EventReader
  readonly alike: AlikeChunks
  readonly calls: OpenCall[]
  readonly callOf: Map<number, OpenCall>
  usage: TokenUsage | null
  /** Of the end, once the server has named it. */
  reason: string
  isDone: boolean
  /** Parts that nobody has taken yet. */
  parts: ModelPart[]
  /** Of them, given already. */
  given: number
  aheadBytes: number
  isPaused: boolean
  isOver: boolean
  /** Whoever reads wants no more. */
  isLeft: boolean
  failure: { readonly error: unknown } | undefined
  waiting: PromiseWithResolvers<IteratorResult<ModelPart, undefined>> | undefined
  follower: Follower<ModelPart> | undefined
  /** Settled at the end of the following. */
  followed: Pick<PromiseWithResolvers<void>, 'resolve' | 'reject'> | undefined
  /** The follower is at work on a part, and what comes meanwhile waits. */
  isBusy: boolean
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
    events: createEventReader({ lineBytes }),
    alike: createAlikeChunks(),
    calls: [],
    callOf: new Map(),
    usage: null,
    reason: '',
    isDone: false,
    parts: [],
    given: 0,
    aheadBytes: 0,
    isPaused: false,
    isOver: false,
    isLeft: false,
    failure: undefined,
    waiting: undefined,
    follower: undefined,
    followed: undefined,
    isBusy: false,
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
      resume(reading)
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
      reading.follower = follower
      reading.followed = { resolve, reject }
      handOn(reading)
      return promise
    },
  }
}

/** @returns whether more is wanted */
function take(reading: Reading, bytes: Buffer, from: number, to: number): boolean {
  try {
    takeBytes(reading, bytes, from, to)
    if (reading.isDone) finish(reading)
  } catch (error) {
    fail(reading, error)
  }
  reading.aheadBytes += to - from
  tell(reading)
  reading.isPaused = reading.aheadBytes > AHEAD_BYTES
  return !reading.isPaused
}

function end(reading: Reading, error: unknown): void {
  // After the finish reason nothing can be lost any more: whatever ends the stream then, it is complete.
  if (error !== undefined && !(reading.reason !== '' && isLoss(error))) fail(reading, error)
  else {
    try {
      finish(reading)
    } catch (missing) {
      fail(reading, missing)
    }
  }
  tell(reading)
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
    const result = next(reading)
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
function next(reading: Reading): IteratorResult<ModelPart, undefined> | Promise<never> | undefined {
  const value = nextPart(reading)
  if (value) return { done: false, value }
  if (reading.failure) return Promise.reject(reading.failure.error)
  return reading.isOver ? END : undefined
}

/** @throws Fault; the parts before it are given. */
function takeBytes(reading: Reading, bytes: Buffer, from: number, to: number): void {
  for (const data of readEvents(reading.events, bytes, from, to)) {
    if (data === '[DONE]') {
      reading.isDone = true
      return
    }
    if (data !== '') takeChunk(reading, data)
  }
}

function takeChunk(reading: Reading, data: string): void {
  const { alike } = reading
  const known = alikeText(alike, data)
  if (known !== undefined) return void give(reading, { type: 'text-delta', text: known })
  const chunk = chatObject(data)
  const text = textAlone(chunk)
  if (text !== undefined) {
    learnAlike(alike, data, text)
    return void give(reading, { type: 'text-delta', text })
  }
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
