import { describe, expect, test } from 'vitest'
import { createChannel } from './channel.ts'

const fill = (write: (item: number) => void, count: number) => {
  for (let item = 0; item < count; item++) write(item)
}

describe('a channel', () => {
  test('gives what was written, in order, and ends when it is closed', async () => {
    const channel = createChannel<number>()
    fill(channel.write, 3)
    channel.close()
    expect(await Array.fromAsync(channel.read())).toEqual([0, 1, 2])
  })

  test('waits for a writer', async () => {
    const channel = createChannel<number>()
    const read = channel.read()
    const first = read.next()
    channel.write(7)
    expect(await first).toEqual({ done: false, value: 7 })
    const last = read.next()
    channel.close()
    expect(await last).toEqual({ done: true, value: undefined })
  })

  test('gives what was written before it throws the error it was closed with', async () => {
    const channel = createChannel<number>()
    channel.write(1)
    channel.close(new Error('no'))
    const read = channel.read()
    expect(await read.next()).toEqual({ done: false, value: 1 })
    await expect(read.next()).rejects.toThrow('no')
  })

  test('takes nothing after it was closed, and keeps its first error', async () => {
    const channel = createChannel<number>()
    channel.close(new Error('first'))
    channel.close(new Error('second'))
    channel.write(1)
    await expect(channel.read().next()).rejects.toThrow('first')
  })

  test('takes nothing after its reader left', async () => {
    const channel = createChannel<number>()
    channel.write(1)
    for await (const _ of channel.read()) break
    fill(channel.write, 100)
    expect(channel.drained()).toBeUndefined()
  })
})

describe('a writer', () => {
  test('does not wait while little is unread', () => {
    const channel = createChannel<number>()
    fill(channel.write, 63)
    expect(channel.drained()).toBeUndefined()
  })

  test('waits until all is read once much is unread', async () => {
    const channel = createChannel<number>()
    fill(channel.write, 64)
    let drained = false
    const waiting = channel.drained()?.then(() => {
      drained = true
    })
    const read = channel.read()
    for (let item = 0; item < 64; item++) {
      await read.next()
      expect(drained).toBe(false)
    }
    const next = read.next()
    await waiting
    expect(drained).toBe(true)
    channel.close()
    await next
  })

  test.each([
    [
      'its reader leaves',
      async ({ read }: ReturnType<typeof createChannel<number>>) => {
        for await (const _ of read()) break
      },
    ],
    ['the channel is closed', async ({ close }: ReturnType<typeof createChannel<number>>) => close()],
  ])('stops waiting when %s', async (_, end) => {
    const channel = createChannel<number>()
    fill(channel.write, 100)
    const waiting = channel.drained()
    expect(waiting).toBeInstanceOf(Promise)
    await end(channel)
    await waiting
  })
})
