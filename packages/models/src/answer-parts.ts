import type { Followable, Follower, ModelPart } from '@runnel/sdk'

/** What comes of an answer; the parts that are left may be followed where somebody has thought of it. */
export type Parts = (AsyncIterator<ModelPart, void> & Partial<Pick<Followable<ModelPart>, 'follow'>>) | PartsAtHand
type PartsAtHand = Iterator<ModelPart, void> & { readonly follow?: never }

interface AnswerSource {
  /** Asks for the answer and waits for its first part. */
  begin(): Promise<{ readonly parts: Parts; readonly first: IteratorResult<ModelPart, void> }>
  /** A part as it may be shown. */
  show(part: ModelPart): ModelPart
  /** What to throw for an error after the first part. */
  explain(error: unknown): unknown
}

const END: IteratorReturnResult<undefined> = { done: true, value: undefined }

/**
 * An answer part by part; it is asked for when the first part is. To be read once, by one reader. Not a generator:
 * every token would pass through three more turns of the promise queue.
 */
export function readAnswer({ begin, show, explain }: AnswerSource): Followable<ModelPart> {
  let parts: Parts | undefined
  let isOver = false
  const step = (result: IteratorResult<ModelPart, void>): IteratorResult<ModelPart, undefined> => {
    if (!result.done) return { done: false, value: show(result.value) }
    isOver = true
    return END
  }
  const fail = (error: unknown): never => {
    isOver = true
    throw explain(error)
  }
  async function first(): Promise<IteratorResult<ModelPart, undefined>> {
    isOver = true // until it has begun
    const begun = await begin()
    isOver = false
    parts = begun.parts
    return step(begun.first)
  }
  const iterator: AsyncIterator<ModelPart, undefined> = {
    next() {
      if (isOver) return Promise.resolve(END)
      return parts ? Promise.resolve(parts.next()).then(step, fail) : first()
    },
    async return() {
      isOver = true
      await parts?.return?.()
      return END
    },
  }
  async function follow(follower: Follower<ModelPart>): Promise<void> {
    for (let result = await iterator.next(); !result.done; result = await iterator.next()) {
      if ((await follower(result.value)) === false) return void (await iterator.return?.())
      if (!parts?.follow) continue
      await parts.follow((part) => follower(show(part))).catch(fail)
      isOver = true
    }
  }
  return { [Symbol.asyncIterator]: () => iterator, follow }
}
