import { type Followable, follow, type ModelPart } from '@runnel/sdk'

const END: IteratorReturnResult<undefined> = { done: true, value: undefined }

/**
 * The text of an answer as it comes, never an empty piece; its other parts go to `other`. To be read once. Not a
 * generator: every token passes here, and a generator costs it two more turns of the promise queue.
 */
export function textPieces(answer: AsyncIterable<ModelPart>, other: (part: ModelPart) => void): Followable<string> {
  let parts: AsyncIterator<ModelPart> | undefined
  const pieces: AsyncIterator<string, undefined> = {
    async next() {
      parts ??= answer[Symbol.asyncIterator]()
      for (;;) {
        const { done, value } = await parts.next()
        if (done) return END
        if (value.type !== 'text-delta') other(value)
        else if (value.text !== '') return { done: false, value: value.text }
      }
    },
    async return() {
      await parts?.return?.()
      return END
    },
  }
  return {
    [Symbol.asyncIterator]: () => pieces,
    follow: (follower) =>
      follow(answer, (part) => {
        if (part.type !== 'text-delta') other(part)
        else if (part.text !== '') return follower(part.text)
        return undefined
      }),
  }
}
