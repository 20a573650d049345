/** What a follower says to an item: nothing to go on, false when that was enough. */
export type Taken = false | undefined

/** Takes items while they arrive; a promise keeps the next one back. */
export type Follower<T> = (item: T) => Taken | Promise<Taken>

/**
 * An iterable that can hand its items on while they arrive. An item that is waited for costs every layer it passes a
 * promise and a turn of the queue; one that is handed on is through all of them in a call.
 */
export interface Followable<T> extends AsyncIterable<T> {
  /** In the place of the iteration. Resolves at the end or when it was enough. @throws as the iteration does. */
  follow(follower: Follower<T>): Promise<void>
}

/** Hands on what comes, as it comes where the iterable can do that. */
export async function follow<T>(items: AsyncIterable<T>, follower: Follower<T>): Promise<void> {
  if (isFollowable(items)) return items.follow(follower)
  for await (const item of items) {
    if ((await follower(item)) === false) return
  }
}

/**
 * As `for await` does, with a function in the place of the body: waits for the promises it returns, and leaves the
 * iteration with what it throws.
 */
export async function forEachOf<T>(items: AsyncIterable<T>, body: (item: T) => void | Promise<void>): Promise<void> {
  const thrown: unknown[] = []
  const leave = (error: unknown): false => {
    thrown.push(error)
    return false
  }
  await follow(items, (item) => {
    try {
      return body(item)?.then(() => undefined, leave)
    } catch (error) {
      return leave(error)
    }
  })
  if (thrown.length > 0) throw thrown[0]
}

const isFollowable = <T>(items: AsyncIterable<T>): items is Followable<T> =>
  'follow' in items && typeof items.follow === 'function'
