import { expect, test } from 'vitest'
import type { BuildEvent } from './build-events.ts'
import { resumedEvents } from './resumed-events.ts'

const start = (id: string): BuildEvent => ({ event: 'build_start', data: { id } })
const end: BuildEvent = { event: 'end', data: {} }
const all = [start('a'), start('b'), start('c'), end]

/** A server whose connections break after so many events; undefined: not at all. */
function server(...lengths: readonly (number | undefined)[]) {
  let opened = 0
  const failures: number[] = []
  async function* tell(length: number | undefined): AsyncGenerator<BuildEvent> {
    yield* all.slice(0, length)
    if (length !== undefined) throw new TypeError('network error')
  }
  return {
    open: async (count = 0) => {
      failures.push(count)
      return tell(lengths[opened++])
    },
    failures,
    opened: () => opened,
  }
}

async function read(
  open: (failures: number) => Promise<AsyncIterable<BuildEvent>>,
  signal = new AbortController().signal,
) {
  const waits: number[] = []
  const events: BuildEvent[] = []
  const wait = async (ms: number): Promise<void> => void waits.push(ms)
  for await (const event of resumedEvents(open, { signal, wait })) events.push(event)
  return { events, waits }
}

test('each event is heard once, however often the connection breaks', async () => {
  const { open, opened, failures } = server(1, 1, 3, undefined)
  expect(await read(open)).toEqual({ events: all, waits: [500, 1000, 500] })
  expect(opened()).toBe(4)
  expect(failures).toEqual([0, 1, 2, 1])
})

test('a server that stays away is given up', async () => {
  const { open, opened } = server(0, 0, 0, 0, 0, 0, 0)
  await expect(read(open)).rejects.toThrow('network error')
  expect(opened()).toBe(6)
})

test('what the server refuses is not asked again', async () => {
  let asked = 0
  const refused = async (): Promise<AsyncIterable<BuildEvent>> => {
    asked++
    throw new Error('404 Not Found')
  }
  await expect(read(refused)).rejects.toThrow('404')
  expect(asked).toBe(1)
})

test('a run that was stopped is not gone back to', async () => {
  const abort = new AbortController()
  abort.abort()
  const { open, opened } = server(1, undefined)
  await expect(read(open, abort.signal)).rejects.toThrow('network error')
  expect(opened()).toBe(1)
})

test('a network that is told of in the words of the page is tried again, too', async () => {
  let asked = 0
  const away = async (): Promise<AsyncIterable<BuildEvent>> => {
    if (asked++ === 0) throw new Error('The server cannot be reached.', { cause: new TypeError('Failed to fetch') })
    return server(undefined).open()
  }
  expect(await read(away)).toEqual({ events: all, waits: [500] })
})
