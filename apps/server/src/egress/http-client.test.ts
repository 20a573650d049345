import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { LookupFunction } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { createAddressRules } from './address-rules.ts'
import { createHttpClient } from './http-client.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A server on this machine; answers its port. */
async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<number> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const bound = server.address()
  return typeof bound === 'object' && bound !== null ? bound.port : 0
}

const toLoopback: LookupFunction = (_name, _options, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }])
/** Names that end in `.test` are on this machine, and may be called. */
const client = createHttpClient(createAddressRules({ allowed: ['*.test'], resolve: toLoopback }))
const open = new AbortController().signal
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

test('sends method, headers and body, and gives the whole answer', async () => {
  const port = await serve(async (request, response) => {
    const body = (await request.toArray()).join('')
    response.setHeader('X-Seen', `${request.method} ${request.headers['x-own']} ${request.headers.host} ${body}`)
    response.writeHead(418).end('short and stout')
  })
  const headers = { 'X-Own': 'yes', Host: 'elsewhere', 'Content-Length': '1', 'Transfer-Encoding': 'chunked' }
  const answer = await client.fetch(`http://a.test:${port}/tea#part`, { method: 'PUT', headers, body: 'dé' }, open)
  expect({ ...answer, body: text(answer.body) }).toMatchObject({
    url: `http://a.test:${port}/tea`,
    status: 418,
    headers: { 'x-seen': `PUT yes a.test:${port} dé` },
    body: 'short and stout',
    redirects: [],
  })
})

test('follows redirects, tells them, and shows credentials to the first host alone', async () => {
  const seen: unknown[] = []
  const port = await serve((request, response) => {
    seen.push([request.headers.host, request.method, request.headers.authorization, request.headers.cookie])
    if (request.url === '/end') response.end('here')
    else if (request.url === '/near') response.writeHead(302, { location: `http://b.test:${port}/end` }).end()
    else response.writeHead(307, { location: '/near' }).end()
  })
  const headers = { Authorization: 'Bearer x', Cookie: 'a=b', Accept: 'text/plain' }
  const answer = await client.fetch(`http://a.test:${port}/`, { method: 'POST', headers, body: '{}' }, open)
  expect(text(answer.body)).toBe('here')
  expect(answer.redirects).toEqual([
    { url: `http://a.test:${port}/`, status: 307 },
    { url: `http://a.test:${port}/near`, status: 302 },
  ])
  expect(seen).toEqual([
    [`a.test:${port}`, 'POST', 'Bearer x', 'a=b'],
    [`a.test:${port}`, 'POST', 'Bearer x', 'a=b'],
    [`b.test:${port}`, 'GET', undefined, undefined],
  ])
})

test.each([
  ['http://127.0.0.1/'],
  ['http://169.254.169.254/latest'],
  ['file:///etc/passwd'],
  ['http://user:word@a.test/'],
  ['http://2130706433/'],
])('refuses a redirect to %s', async (location) => {
  const port = await serve((_request, response) => void response.writeHead(302, { location }).end())
  await expect(client.fetch(`http://a.test:${port}/`, {}, open)).rejects.toMatchObject({ code: 'address_refused' })
})

test('follows five redirects and no more', async () => {
  const port = await serve((request, response) => {
    const left = Number(request.url?.slice(1))
    if (left === 0) response.end('done')
    else response.writeHead(302, { location: `/${left - 1}` }).end()
  })
  const five = await client.fetch(`http://a.test:${port}/5`, { redirects: 50 }, open)
  expect(text(five.body)).toBe('done')
  await expect(client.fetch(`http://a.test:${port}/6`, { redirects: 50 }, open)).rejects.toThrow(
    'More than 5 redirects',
  )
  await expect(client.fetch(`http://a.test:${port}/5`, { redirects: 0 }, open)).resolves.toMatchObject({ status: 302 })
})

test('unpacks answers, and stops at the limit of what they unpack to', async () => {
  const port = await serve((_request, response) => {
    response.setHeader('content-encoding', 'gzip')
    response.end(gzipSync(Buffer.alloc(5_000_000, 'a')))
  })
  const whole = await client.fetch(`http://a.test:${port}/`, {}, open)
  expect(whole.body.length).toBe(5_000_000)
  await expect(client.fetch(`http://a.test:${port}/`, { maxBytes: 100_000 }, open)).rejects.toMatchObject({
    code: 'bad_request',
    message: 'The answer is longer than 97 KB.',
  })
})

test('waits no longer than it was told', async () => {
  const port = await serve((_request, response) => void response.write('never'))
  const slow = client.fetch(`http://a.test:${port}/`, { timeoutMs: 50 }, open)
  await expect(slow).rejects.toThrow(`Could not reach a.test:${port}: no answer within 0.05 seconds.`)
})

test('ends with the reason of its signal', async () => {
  const abort = new AbortController()
  const port = await serve(() => abort.abort(new Error('The client has left.')))
  await expect(client.fetch(`http://a.test:${port}/`, {}, abort.signal)).rejects.toThrow('The client has left.')
})

test.each([
  ['http://', 'is no address'],
  ['no address', 'is no address'],
  [`http://a.test/${'a'.repeat(9000)}`, 'is no address'],
  ['http://a.test:1/', 'nothing listens there'],
])('says what is wrong with %.20s', async (url, why) => {
  const failing = client.fetch(url, {}, open)
  await expect(failing).rejects.toMatchObject({ code: 'bad_request', message: expect.stringContaining(why) })
})

test('reads an open answer while it arrives, behind redirects, and closes what is not read to its end', async () => {
  const gone = Promise.withResolvers<void>()
  const port = await serve((request, response) => {
    if (request.url === '/') return response.writeHead(307, { location: '/stream' }).end('moved')
    response.write('one')
    response.once('close', gone.resolve)
    return undefined
  })
  const answer = await client.open(`http://a.test:${port}/`, { method: 'POST', body: '{}' }, open)
  for await (const piece of answer.pieces) {
    expect([answer.url, text(piece)]).toEqual([`http://a.test:${port}/stream`, 'one'])
    break
  }
  await gone.promise
})
