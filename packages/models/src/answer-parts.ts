import type { ModelPart } from '@runnel/sdk'

export type Parts = AsyncIterator<ModelPart, void> | Iterator<ModelPart, void>

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
export function readAnswer({ begin, show, explain }: AnswerSource): AsyncIterable<ModelPart> {
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
  return { [Symbol.asyncIterator]: () => iterator }
}
