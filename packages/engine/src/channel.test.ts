import { describe, expect, test } from 'vitest'
import { type Channel, createChannel, itemsOf } from './channel.ts'

const fill = (channel: Channel<number>, count: number) => {
  for (let item = 0; item < count; item++) channel.write(item)
}

describe('a channel', () => {
  test('gives all that was written, in order, and ends when it is closed', async () => {
    const channel = createChannel<number>()
    fill(channel, 3)
    channel.close()
    expect([await channel.read(), await channel.read()]).toEqual([[0, 1, 2], undefined])
  })

  test('waits for a writer', async () => {
    const channel = createChannel<number>()
    const first = channel.read()
    channel.write(7)
    expect(await first).toEqual([7])
    const last = channel.read()
    channel.close()
    expect(await last).toBeUndefined()
  })

  test('gives what is written in one turn together', async () => {
    const channel = createChannel<number>()
    const reading = channel.read()
    fill(channel, 3)
    expect(await reading).toEqual([0, 1, 2])
  })

  test('gives what was written before it throws the error it was closed with', async () => {
    const channel = createChannel<number>()
    channel.write(1)
    channel.close(new Error('no'))
    expect(await channel.read()).toEqual([1])
    await expect(channel.read()).rejects.toThrow('no')
  })

  test('takes nothing after it was closed, and keeps its first error', async () => {
    const channel = createChannel<number>()
    channel.close(new Error('first'))
    channel.close(new Error('second'))
    channel.write(1)
    await expect(channel.read()).rejects.toThrow('first')
  })
})

describe('the items of a channel', () => {
  test('come one by one, to the end', async () => {
    const channel = createChannel<number>()
    fill(channel, 3)
    channel.close()
    expect(await Array.fromAsync(itemsOf(channel))).toEqual([0, 1, 2])
  })

  test('take nothing more after their reader left', async () => {
    const channel = createChannel<number>()
    channel.write(1)
    for await (const _ of itemsOf(channel)) break
    fill(channel, 100)
    expect(channel.drained()).toBeUndefined()
  })
})

describe('a writer', () => {
  test('does not wait while little is unread', () => {
    const channel = createChannel<number>()
    fill(channel, 63)
    expect(channel.drained()).toBeUndefined()
  })

  test('waits until the reader comes back for more once much is unread', async () => {
    const channel = createChannel<number>()
    fill(channel, 64)
    let drained = false
    const waiting = channel.drained()?.then(() => {
      drained = true
    })
    await channel.read()
    expect(drained).toBe(false)
    const next = channel.read()
    await waiting
    expect(drained).toBe(true)
    channel.close()
    await next
  })

  test('stops waiting when the channel is closed', async () => {
    const channel = createChannel<number>()
    fill(channel, 100)
    const waiting = channel.drained()
    expect(waiting).toBeInstanceOf(Promise)
    channel.close()
    await waiting
    expect(channel.drained()).toBeUndefined()
  })
})
