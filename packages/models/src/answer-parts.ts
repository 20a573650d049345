import type { Followable, Follower, ModelPart } from '@runnel/sdk'
import { redact } from './fault.ts'

/** What comes of an answer; the parts that are left may be followed where somebody has thought of it. */
export type Parts = (AsyncIterator<ModelPart, void> & Partial<Pick<Followable<ModelPart>, 'follow'>>) | PartsAtHand
type PartsAtHand = Iterator<ModelPart, void> & { readonly follow?: never }

interface AnswerSource {
  /** Asks for the answer and waits for its first part. */
  begin(): Promise<{ readonly parts: Parts; readonly first: IteratorResult<ModelPart, void> }>
  /** Our key, which no part must show. */
  readonly secret: string
  /** What to throw for an error after the first part. */
  explain(error: unknown): unknown
}

const END: IteratorReturnResult<undefined> = { done: true, value: undefined }

/**
 * An answer part by part; it is asked for when the first part is. To be read once, by one reader. Not a generator:
 * every token would pass through three more turns of the promise queue.
 */
export function readAnswer({ begin, secret, explain }: AnswerSource): Followable<ModelPart> {
  let parts: Parts | undefined
  let isOver = false
  const step = (result: IteratorResult<ModelPart, void>): IteratorResult<ModelPart, undefined> => {
    if (!result.done) return { done: false, value: clean(result.value, secret) }
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
      await parts.follow((part) => follower(clean(part, secret))).catch(fail)
      isOver = true
    }
  }
  return { [Symbol.asyncIterator]: () => iterator, follow }
}

/** A provider that repeats our key in an answer must not show it to the user. */
function clean(part: ModelPart, secret: string): ModelPart {
  if (part.type !== 'text-delta' && part.type !== 'reasoning-delta') return part
  const text = redact(part.text, secret)
  return text === part.text ? part : { ...part, text }
}
