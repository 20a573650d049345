import { describe, expect, test } from 'vitest'
import { type Followable, type Follower, forEachOf } from './follow.ts'

/** Gives 1, 2 and 3 each way, and notes how it was left. */
function source(kind: 'iterated' | 'followed') {
  const log: string[] = []
  async function* iterate(): AsyncGenerator<number, void> {
    try {
      yield* [1, 2, 3]
      log.push('ended')
    } finally {
      log.push('closed')
    }
  }
  async function followed(follower: Follower<number>): Promise<void> {
    for (const item of [1, 2, 3]) {
      const taken = follower(item)
      if ((taken instanceof Promise ? await taken : taken) === false) return void log.push('closed')
    }
    log.push('ended', 'closed')
  }
  const items: AsyncIterable<number> | Followable<number> =
    kind === 'iterated' ? iterate() : { [Symbol.asyncIterator]: iterate, follow: followed }
  return { items, log }
}

describe.each(['iterated', 'followed'] as const)('what is %s', (kind) => {
  test('is gone through in order, to its end', async () => {
    const { items, log } = source(kind)
    const seen: number[] = []
    await forEachOf(items, (item) => void seen.push(item))
    expect([seen, log]).toEqual([
      [1, 2, 3],
      ['ended', 'closed'],
    ])
  })

  test('waits for what the body promises', async () => {
    const { items } = source(kind)
    const seen: string[] = []
    await forEachOf(items, async (item) => {
      seen.push(`${item} begins`)
      await Promise.resolve()
      seen.push(`${item} ends`)
    })
    expect(seen).toEqual(['1 begins', '1 ends', '2 begins', '2 ends', '3 begins', '3 ends'])
  })

  test.each([
    ['rejects', () => Promise.reject<void>(new Error('enough'))],
    [
      'throws',
      () => {
        throw new Error('enough')
      },
    ],
  ])('is left when the body %s', async (_, leave) => {
    const { items, log } = source(kind)
    const seen: number[] = []
    const gone = forEachOf(items, (item) => {
      seen.push(item)
      return item === 2 ? leave() : undefined
    })
    await expect(gone).rejects.toThrow('enough')
    expect([seen, log]).toEqual([[1, 2], ['closed']])
  })
})
