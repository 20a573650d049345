import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ChunkedWriter } from './chunked-writer.ts'

let answer: (raw: ServerResponse) => void
let port: number

beforeEach(async () => {
  const server = createServer((_, raw) => answer(raw)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
  return () => {
    server.closeAllConnections()
    server.close()
  }
})

afterEach(() => void vi.restoreAllMocks())

/** The bytes of the body as they were sent, frames and all. */
async function bodyOf(respond: (raw: ServerResponse) => void): Promise<string> {
  answer = respond
  const client = connect(port, '127.0.0.1')
  client.write('GET / HTTP/1.1\r\nhost: here\r\nconnection: close\r\n\r\n')
  const all = await text(client)
  return all.slice(all.indexOf('\r\n\r\n') + 4)
}

test('pieces of one turn are chunks of their own in one write, in any script', async () => {
  const write = vi.spyOn(Socket.prototype, 'write')
  const body = await bodyOf((raw) => {
    const writer = new ChunkedWriter(raw)
    write.mockClear()
    expect([writer.write('one'), writer.write('zwölf'), writer.write('字')]).toEqual([undefined, undefined, undefined])
    expect(write).not.toHaveBeenCalled()
    setImmediate(() => {
      expect(write.mock.calls).toEqual([['3\r\none\r\n6\r\nzwölf\r\n3\r\n字\r\n', 'utf8']])
      void writer.write('last')
      writer.end()
    })
  })
  expect(body).toBe('3\r\none\r\n6\r\nzwölf\r\n3\r\n字\r\n4\r\nlast\r\n0\r\n\r\n')
})

test('the head goes with the chunks of its turn in one write, and the end with the last of them', async () => {
  const together = vi.spyOn(Socket.prototype, '_writev' as 'write')
  const alone = vi.spyOn(Socket.prototype, '_write' as 'write')
  let head = [0, 0]
  await bodyOf((raw) => {
    alone.mockClear()
    const writer = new ChunkedWriter(raw)
    void writer.write('one')
    setImmediate(() => {
      head = [together.mock.calls.length, alone.mock.calls.length]
      void writer.write('last')
      writer.end()
    })
  })
  expect(head).toEqual([1, 0])
  expect([together.mock.calls.length, alone.mock.calls.length]).toEqual([2, 0])
})

test('who writes without a pause is told when the client does not take it, and loses nothing', async () => {
  const piece = 'x'.repeat(100_000)
  let waits = 0
  const body = await bodyOf(async (raw) => {
    const writer = new ChunkedWriter(raw)
    for (let i = 0; i < 200; i++) {
      const drained = writer.write(piece)
      if (!drained) continue
      waits++
      await drained
    }
    writer.end()
  })
  expect(waits).toBeGreaterThan(0)
  expect(body).toBe(`${`186a0\r\n${piece}\r\n`.repeat(200)}0\r\n\r\n`)
})

test('an answer whose client has left takes what is written and keeps nobody waiting', async () => {
  const left = Promise.withResolvers<ServerResponse>()
  answer = (raw) => {
    raw.writeHead(200)
    raw.on('close', () => left.resolve(raw))
    const writer = new ChunkedWriter(raw)
    void writer.write('one')
    void left.promise.then(() => writer.write('two'))
  }
  const client = connect(port, '127.0.0.1')
  client.write('GET / HTTP/1.1\r\nhost: here\r\n\r\n')
  await once(client, 'data')
  client.destroy()
  const raw = await left.promise
  expect(new ChunkedWriter(raw).write('three')).toBeUndefined()
})
