import { createServer } from 'node:net'
import { providerServer, reply, replyCut, replyHanging, replyStream } from '@runnel/testing/provider-server'
import { describe, expect, test } from 'vitest'
import { openAiChat } from './openai.ts'
import { ask, askUntilHeard, chunk, finish, KEY, textOf } from './test-asking.ts'

const good = reply({ choices: [{ message: { content: 'ok' }, finish_reason: 'stop' }] })
const goodStream = replyStream(chunk('o'), chunk('k'), finish, 'data: [DONE]\n\n')

describe('time', () => {
  test.each([false, true])('ends when nothing comes, and closes the connection (stream: %j)', async (stream) => {
    await using server = await providerServer(replyHanging())
    const { error } = await askUntilHeard(server, { stream, limits: { firstByteMs: 300 } })
    expect(error).toMatchObject({ code: 'model_timeout', message: /did not begin to answer within 0\.3 s/ })
    await server.requests[0]?.closed
  })

  test('ends when only headers come', async () => {
    await using server = await providerServer((response) => response.writeHead(200).flushHeaders())
    const { error } = await askUntilHeard(server, { stream: true, limits: { firstByteMs: 300 } })
    expect(error).toMatchObject({ code: 'model_timeout' })
    await server.requests[0]?.closed
  })

  test('ends when the stream stops moving, after what has come', async () => {
    await using server = await providerServer(replyHanging(chunk('par'), chunk('tial')))
    const asked = await ask(server.url, { stream: true, limits: { idleMs: 40 } })
    expect(textOf(asked)).toBe('partial')
    expect(asked.error).toMatchObject({ code: 'model_timeout', message: /nothing came for 0\.04 s/ })
    await server.requests[0]?.closed
  })

  test('takes one time for both when the caller names it', async () => {
    await using server = await providerServer(replyHanging(chunk('a')))
    expect((await ask(server.url, { stream: true, timeoutMs: 40 })).error).toMatchObject({ code: 'model_timeout' })
  })

  test('never cuts a stream that keeps moving', async () => {
    await using server = await providerServer(async (response) => {
      response.writeHead(200)
      // Longer in all than silence may last, and each pause far from it: a busy machine adds to both.
      for (let index = 0; index < 24; index++) {
        response.write(index % 2 ? chunk('x') : ': still here\n\n')
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
      response.end(finish)
    })
    const asked = await ask(server.url, { stream: true, limits: { firstByteMs: 2000, idleMs: 2000 } })
    expect(asked).toMatchObject({ error: undefined })
    expect(textOf(asked)).toBe('x'.repeat(12))
  })

  test('ends when no connection comes about', async () => {
    // Accepts at the TCP level and never answers the TLS greeting.
    const silent = createServer(() => {})
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as { readonly port: number }
    const { error } = await ask(`https://127.0.0.1:${port}`, { limits: { connectMs: 40 } })
    expect(error).toMatchObject({ code: 'model_timeout', message: /did not accept a connection/ })
    silent.close()
  })

  test('closes the connection when the run is stopped', async () => {
    await using server = await providerServer(replyHanging(chunk('a')))
    const stop = new AbortController()
    const reason = new Error('left')
    const asked = await ask(server.url, { stream: true, signal: stop.signal, onPart: () => stop.abort(reason) })
    expect(asked.error).toBe(reason)
    await server.requests[0]?.closed
  })

  test('closes the connection when the reader leaves', async () => {
    await using server = await providerServer(replyHanging(chunk('a')))
    const model = openAiChat({ apiKey: KEY, modelId: 'm', baseUrl: server.url })
    for await (const part of model.respond({ messages: [], stream: true }, new AbortController().signal)) {
      if (part.type === 'text-delta') break
    }
    await server.requests[0]?.closed
  })

  test('hands a token on while the next one is still to come', async () => {
    const second = Promise.withResolvers<void>()
    await using server = await providerServer(async (response) => {
      response.writeHead(200)
      response.write(chunk('a'))
      await second.promise
      response.end(chunk('b') + finish)
    })
    expect(textOf(await ask(server.url, { stream: true, onPart: () => second.resolve() }))).toBe('ab')
  })
})

describe('streams', () => {
  test.each([
    ['is cut', replyCut(chunk('par'), chunk('tial'))],
    ['ends without a finish', replyStream(chunk('par'), chunk('tial'))],
    ['holds broken JSON', replyStream(chunk('par'), chunk('tial'), 'data: {"choices":[{"delta":{"cont\n\n')],
    ['holds an error object', replyStream(chunk('par'), chunk('tial'), 'data: {"error":{"message":"overloaded"}}\n\n')],
    ['holds something else', replyStream(chunk('par'), chunk('tial'), 'data: [1]\n\n')],
  ])('fails after what has come when the stream %s', async (_, answer) => {
    await using server = await providerServer(answer)
    const asked = await ask(server.url, { stream: true })
    expect(textOf(asked)).toBe('partial')
    expect(asked.error).toMatchObject({ code: 'model_error' })
    expect(server.requests).toHaveLength(1)
  })

  test.each([
    ['a finish and no [DONE]', replyStream(chunk('ok'), finish)],
    ['a finish and a cut', replyCut(chunk('ok'), finish)],
    ['a [DONE] and no finish', replyStream(chunk('ok'), 'data: [DONE]\n\n')],
    ['a [DONE] and an open connection', replyHanging(chunk('ok'), 'data: [DONE]\n\n')],
    [
      'CRLF, comments, other fields and no blanks',
      replyStream(
        ':hi\r\n\r\nevent: x\r\nid: 1\r\n',
        chunk('ok').replace('data: ', 'data:').replaceAll('\n', '\r\n'),
        finish,
      ),
    ],
    ['one JSON document', good],
    [
      'one JSON document of no type',
      reply(' {"choices":[{"message":{"content":"ok"},"finish_reason":"stop"}]}', { headers: { 'content-type': '' } }),
    ],
  ])('takes a stream with %s for complete', async (_, answer) => {
    await using server = await providerServer(answer)
    const asked = await ask(server.url, { stream: true })
    expect(asked.error).toBeUndefined()
    expect(textOf(asked)).toBe('ok')
    expect(asked.parts.filter((part) => part.type === 'text-delta')).toHaveLength(1)
  })

  test('joins characters that are split over packets', async () => {
    const bytes = Buffer.from(chunk('🎈é') + finish)
    await using server = await providerServer(async (response) => {
      response.writeHead(200)
      for (const byte of bytes) {
        response.write(Uint8Array.of(byte))
        await new Promise(setImmediate)
      }
      response.end()
    })
    expect(textOf(await ask(server.url, { stream: true }))).toBe('🎈é')
  })

  test('wait for a slow reader, who gets all of them', async () => {
    const text = 'x'.repeat(1000)
    const pieces = Array.from({ length: 2000 }, () => chunk(text))
    await using server = await providerServer(replyStream(...pieces, finish))
    const model = openAiChat({ apiKey: KEY, modelId: 'm', baseUrl: server.url })
    let length = 0
    for await (const part of model.respond({ messages: [], stream: true }, new AbortController().signal)) {
      if (part.type === 'text-delta') length += part.text.length
      await new Promise(setImmediate)
    }
    expect(length).toBe(2_000_000)
  })

  test('hides the key when a token quotes it', async () => {
    await using server = await providerServer(replyStream(chunk(`it is ${KEY}!`), finish))
    expect(textOf(await ask(server.url, { stream: true }))).toBe('it is ***!')
  })

  test('uses the connection again after a complete stream', async () => {
    const ports: (number | undefined)[] = []
    await using server = await providerServer((response) => {
      ports.push(response.socket?.remotePort)
      return goodStream(response)
    })
    for (let index = 0; index < 3; index++) await ask(server.url, { stream: true })
    expect(new Set(ports).size).toBe(1)
  })
})
