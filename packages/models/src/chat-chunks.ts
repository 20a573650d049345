import { isObject } from '@runnel/protocol/json'
import type { TokenUsage } from '@runnel/protocol/message'
import type { Followable, Follower, ModelPart, Taken } from '@runnel/sdk'
import { createAlikeChunks, textAlone } from './alike-chunks.ts'
import { chatObject, newCallId, saidIn, textOr, usageOf } from './chat-completion.ts'
import { createEventReader } from './event-stream.ts'
import { AHEAD_BYTES } from './exchange.ts'
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
  const chunks = createChunks(lineBytes)
  let parts: readonly ModelPart[] = []
  let given = 0
  let aheadBytes = 0
  let isOver = false
  let failure: { readonly error: unknown } | undefined
  let waiting: PromiseWithResolvers<IteratorResult<ModelPart, undefined>> | undefined
  let following: Following | undefined

  /** The stream is found broken: nothing more is read. */
  function fail(error: unknown): void {
    failure = { error }
    stop()
  }
  function stop(): void {
    if (isOver) return
    isOver = true
    answer.close(chunks.isDone())
  }
  function finish(): void {
    stop()
    chunks.finish()
  }
  function take(bytes: Buffer, from: number, to: number): boolean {
    try {
      chunks.take(bytes, from, to)
      if (chunks.isDone()) finish()
    } catch (error) {
      fail(error)
    }
    aheadBytes += to - from
    tell()
    return aheadBytes <= AHEAD_BYTES
  }
  function end(error: unknown): void {
    // After the finish reason nothing can be lost any more: whatever ends the stream then, it is complete.
    if (error !== undefined && !(chunks.hasReason() && isLoss(error))) fail(error)
    else {
      try {
        finish()
      } catch (missing) {
        fail(missing)
      }
    }
    tell()
  }
  /** Gives whoever waits what there is. */
  function tell(): void {
    if (following) handOn(following)
    else if (waiting) {
      const result = next()
      if (!result) return
      waiting.resolve(result)
      waiting = undefined
    }
  }
  /** Gives a follower what there is, and the end of it, unless the follower keeps the next part back. */
  function handOn(to: Following): void {
    if (to.isBusy) return
    to.isBusy = true // what it does may end the answer
    let taken: Taken | Promise<Taken>
    try {
      for (let part = nextPart(); part; part = nextPart()) {
        taken = to.follower(part)
        if (taken !== undefined) break
      }
    } catch (error) {
      fail(error)
    }
    if (taken instanceof Promise) void taken.then((later) => goOn(to, later))
    else settle(to, taken)
  }
  function goOn(to: Following, taken: Taken): void {
    to.isBusy = false
    if (taken === false) leave()
    handOn(to)
  }
  function settle(to: Following, taken: Taken): void {
    to.isBusy = false
    aheadBytes = 0
    if (taken === false) leave()
    if (failure) to.reject(failure.error)
    else if (isOver) to.resolve()
    else answer.resume()
  }
  function nextPart(): ModelPart | undefined {
    if (given === parts.length) {
      parts = chunks.parts()
      given = 0
    }
    return given < parts.length ? parts[given++] : undefined
  }
  function leave(): void {
    stop()
    failure = undefined
    parts = []
    given = 0
    chunks.parts()
  }
  /** The next part, or the end; undefined while neither is there. */
  function next(): IteratorResult<ModelPart, undefined> | Promise<never> | undefined {
    const value = nextPart()
    if (value) return { done: false, value }
    if (failure) return Promise.reject(failure.error)
    return isOver ? END : undefined
  }

  take(first, 0, first.length)
  if (!isOver) answer.follow({ take, end })
  return {
    next() {
      const found = next()
      if (found) return Promise.resolve(found)
      aheadBytes = 0
      answer.resume()
      waiting = Promise.withResolvers()
      return waiting.promise
    },
    async return() {
      leave()
      tell()
      return END
    },
    follow(follower) {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      following = { follower, isBusy: false, resolve, reject }
      handOn(following)
      return promise
    },
  }
}

/** What ends a connection, but not what it has brought. */
const isLoss = (error: unknown): boolean =>
  error instanceof Fault && (error.reason.kind === 'connection' || error.reason.kind === 'timeout')

/** What the chunks read so far add up to. */
function createChunks(lineBytes: number) {
  const events = createEventReader({ lineBytes })
  const alike = createAlikeChunks()
  const calls: OpenCall[] = []
  const callOf = new Map<number, OpenCall>()
  let parts: ModelPart[] = []
  let usage: TokenUsage | null = null
  let reason = ''
  let done = false

  function read(data: string): void {
    const known = alike.textOf(data)
    if (known !== undefined) return void parts.push({ type: 'text-delta', text: known })
    const chunk = chatObject(data)
    const text = textAlone(chunk)
    if (text !== undefined) {
      alike.learn(data, text)
      return void parts.push({ type: 'text-delta', text })
    }
    if (chunk.usage) usage = usageOf(chunk.usage)
    const choice = Array.isArray(chunk.choices) ? chunk.choices[0] : undefined
    if (!isObject(choice)) return
    const { delta } = choice
    if (isObject(delta)) {
      parts.push(...saidIn(delta))
      if (Array.isArray(delta.tool_calls)) collect(calls, callOf, delta.tool_calls)
    }
    reason = textOr(choice.finish_reason) || reason
  }

  return {
    /** @throws Fault; the parts before it are kept. */
    take(bytes: Buffer, from: number, to: number): void {
      for (const data of events.push(bytes, from, to)) {
        if (data === '[DONE]') {
          done = true
          return
        }
        if (data !== '') read(data)
      }
    },

    /** Nothing more comes. @throws Fault when something is missing. */
    finish(): void {
      if (!done && reason === '') throw new Fault({ kind: 'broken', why: 'it ended before it was complete' })
      for (const { id, name, args } of calls) {
        parts.push({ type: 'tool-call', call: { id: id || newCallId(), name, input: toolInput(args) } })
      }
      parts.push({ type: 'finish', reason: reason || 'stop', usage })
    },

    /** Those since the last time. */
    parts(): readonly ModelPart[] {
      const taken = parts
      parts = []
      return taken
    },

    isDone: () => done,
    hasReason: () => reason !== '',
  }
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
