import { request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'

let server: TestApp
let port: number
beforeAll(async () => {
  server = await testApp({ user: 'ada' })
  await server.app.listen({ port: 0, host: '127.0.0.1' })
  port = (server.app.server.address() as AddressInfo).port
})
afterAll(() => server.close())

interface Answer {
  readonly status: number
  readonly body: string
}

const ATTEMPTS = 20

/**
 * Sends a body in pieces until the server has answered or the pieces end. A server that closes on a client still
 * writing may reset the connection before its answer is read (RFC 9112, 9.6): then once more.
 */
async function send(
  path: string,
  pieces: () => Iterable<Buffer>,
  headers: Record<string, string> = {},
): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await sendOnce(path, pieces(), headers)
    } catch (error) {
      if (attempt === ATTEMPTS) throw error
    }
  }
}

function sendOnce(path: string, pieces: Iterable<Buffer>, headers: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request({
      port,
      host: '127.0.0.1',
      path,
      method: 'POST',
      headers: { 'x-api-key': server.apiKey, ...headers },
    })
    call.on('response', (response) => {
      let body = ''
      response.on('data', (chunk) => {
        body += chunk
      })
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, body })
        call.destroy()
      })
    })
    call.on('error', reject)
    const iterator = pieces[Symbol.iterator]()
    const next = () => {
      const { value, done } = iterator.next()
      if (done) {
        call.end()
        return
      }
      call.write(value, () => !call.destroyed && next())
    }
    next()
  })
}

function* spaces(megabytes: number) {
  for (let sent = 0; sent < megabytes; sent++) yield Buffer.alloc(1024 * 1024, 0x20)
}

test('a body without a length is cut off where the limit is', async () => {
  const { status, body } = await send('/api/v1/projects/', () => spaces(40), { 'transfer-encoding': 'chunked' })
  expect(status).toBe(413)
  expect(JSON.parse(body).detail).toContain('Maximum allowed is 16MB')
})

test('a flow may be larger than other bodies, and no larger than its own limit', async () => {
  const name = Buffer.from('{"name":"big","data":{"nodes":[],"edges":[]}')
  const big = function* (megabytes: number) {
    yield name
    yield* spaces(megabytes)
    yield Buffer.from('}')
  }
  expect((await send('/api/v1/flows/', () => big(20))).status).toBe(201)
  expect((await send('/api/v1/flows/', () => big(70))).status).toBe(413)
})

test('an upload over the limit, of too many parts or with a huge part header is refused', async () => {
  const type = { 'content-type': 'multipart/form-data; boundary=b' }
  const head = 'Content-Disposition: form-data; name="file"; filename="a.json"\r\n\r\n'
  const large = function* () {
    yield Buffer.from(`--b\r\n${head}`)
    yield* spaces(70)
    yield Buffer.from('\r\n--b--\r\n')
  }
  const upload = (pieces: () => Iterable<Buffer>) => send('/api/v1/flows/upload/', pieces, type)
  expect((await upload(large)).status).toBe(413)
  const part = '--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n1\r\n'
  for (const body of [
    `${part.repeat(5000)}--b--\r\n`,
    `--b\r\nX: ${'a'.repeat(200_000)}\r\n${head}{}\r\n--b--\r\n`,
    `--b\r\n${head}{"name":"x"}\r\n--b--\r\ntrailing bytes`,
    `--c\r\n${head}{}\r\n--c--\r\n`,
    '',
  ]) {
    const answer = await upload(() => [Buffer.from(body)])
    expect(answer.status, body.slice(0, 60)).toBeLessThan(500)
    if (answer.status >= 400) expect(JSON.parse(answer.body)).toHaveProperty('detail')
  }
})

test('a client that leaves in the middle of its body does no harm', async () => {
  await new Promise<void>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      const head = `POST /api/v1/flows/ HTTP/1.1\r\nHost: x\r\nx-api-key: ${server.apiKey}\r\nContent-Length: 1000\r\n\r\n{"na`
      socket.write(head, () => socket.destroy())
    })
    socket.on('close', () => resolve())
  })
  const health = await fetch(`http://127.0.0.1:${port}/health`)
  expect(health.status).toBe(200)
  expect(server.logged.filter((line) => line.includes('request failed'))).toEqual([])
})
