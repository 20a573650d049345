import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { closeResponse, createResponseReader, type ResponseHeaders, readResponse } from './http-response.ts'

interface Seen {
  readonly heads: (readonly [number, ResponseHeaders])[]
  body: string
  /** Whether the connection may be used again; undefined while the response is not complete. */
  isReusable: boolean | undefined
}

/** What is read of these pieces, and then of the end of the connection unless it stays open. */
function read(pieces: readonly (string | Uint8Array)[], { staysOpen = false } = {}): Seen {
  const seen: Seen = { heads: [], body: '', isReusable: undefined }
  const reader = createResponseReader({
    head: (status, headers) => void seen.heads.push([status, headers]),
    body(bytes, from, to) {
      seen.body += bytes.toString('latin1', from, to)
    },
    end(isReusable) {
      seen.isReusable = isReusable
    },
  })
  for (const piece of pieces) {
    const bytes = typeof piece === 'string' ? Buffer.from(piece, 'latin1') : Buffer.from(piece)
    // As in a buffer that many connections read into: what stands behind the bytes is another's.
    readResponse(reader, Buffer.concat([bytes, Buffer.from('0a\r\n\r\nHTTP/1.1 500 no\r\n', 'latin1')]), bytes.length)
  }
  if (!staysOpen) closeResponse(reader)
  return seen
}

const CHUNKED = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n'

describe('the end of a body', () => {
  test('is where its length says', () => {
    expect(read(['HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello'], { staysOpen: true })).toEqual({
      heads: [[200, { 'content-length': '5' }]],
      body: 'hello',
      isReusable: true,
    })
  })

  test('is the last chunk, whatever extensions and trailers there are', () => {
    const seen = read([`${CHUNKED}5;name="x"\r\nhello\r\nB \r\n, you here!\r\n`, '0\r\nx: y\r\n\r\n'])
    expect([seen.body, seen.isReusable]).toEqual(['hello, you here!', true])
  })

  test('is the end of the connection when nothing else tells', () => {
    expect(read(['HTTP/1.1 200 OK\r\n\r\nhel', 'lo'], { staysOpen: true }).isReusable).toBeUndefined()
    expect(read(['HTTP/1.1 200 OK\r\n\r\nhel', 'lo'])).toMatchObject({ body: 'hello', isReusable: false })
  })

  test.each([
    'HTTP/1.1 204 No Content\r\n\r\n',
    'HTTP/1.1 304 Not Modified\r\ncontent-length: 9\r\n\r\n',
    'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n',
  ])('is its head where there is no body: %j', (response) => {
    expect(read([response], { staysOpen: true })).toMatchObject({ body: '', isReusable: true })
  })

  test.each([
    ['HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nhello', 'hello'],
    [`${CHUNKED}5\r\nhello\r\n`, 'hello'],
    [`${CHUNKED}6\r\nhello`, 'hello'],
    ['HTTP/1.1 200 OK\r\ncontent-len', ''],
    ['', ''],
  ])('is missing when the connection ends before it: %j', (response, body) => {
    expect(read([response])).toMatchObject({ body, isReusable: undefined })
  })
})

describe('a connection is not used again', () => {
  test.each([
    'HTTP/1.0 200 OK\r\ncontent-length: 1\r\n\r\nx',
    'HTTP/1.1 200 OK\r\nconnection: Keep-Alive, Close\r\ncontent-length: 1\r\n\r\nx',
    'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n',
    'HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nx and more',
  ])('after %j', (response) => {
    expect(read([response], { staysOpen: true })).toMatchObject({ body: 'x', isReusable: false })
  })
})

test('headers are found by their names in lower case; of a name that comes twice the first counts', () => {
  const [head] = read(['HTTP/1.1 429 \r\nRetry-After:7\r\nX: a\r\nX: b\r\n\r\n']).heads
  expect(head).toEqual([429, { 'retry-after': '7', x: 'a' }])
})

test('informational answers are passed over', () => {
  const seen = read([
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\nhi',
  ])
  expect(seen).toMatchObject({ heads: [[200, {}]], body: 'hi' })
})

test.each([
  'SSH-2.0-OpenSSH_9.6\r\n',
  'HTTP/2 200\r\n',
  'HTTP/1.1 999 Odd\r\n',
  'HTTP/1.1 101 Switching Protocols\r\n\r\n',
  'HTTP/1.1 200 OK\r\n folded: x\r\n',
  'HTTP/1.1 200 OK\r\nno colon\r\n',
  'HTTP/1.1 200 OK\r\nname : x\r\n',
  'HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n',
  'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n',
  `${CHUNKED}x\r\n`,
  `${CHUNKED}-1\r\n`,
  `${CHUNKED}1ffffffff\r\n`,
  `${CHUNKED}1\r\nxy\r\n`,
  `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(70_000)}`,
])('what is no HTTP is refused: %.60j', (response) => {
  expect(() => read([response])).toThrow(
    expect.objectContaining({ reason: { kind: 'connection', code: 'invalid HTTP' } }),
  )
})

test('it does not matter where packets end', () => {
  const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 6 })
  fc.assert(
    fc.property(
      chunks,
      fc.infiniteStream(fc.integer({ min: 1, max: 12 })),
      fc.boolean(),
      (bodies, sizes, isChunked) => {
        const body = Buffer.concat(bodies)
        const framed = bodies.flatMap((bytes) => [
          Buffer.from(`${bytes.length.toString(16)}\r\n`),
          bytes,
          Buffer.from('\r\n'),
        ])
        const whole = isChunked
          ? Buffer.concat([Buffer.from(CHUNKED), ...framed, Buffer.from('0\r\n\r\n')])
          : Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n`), body])
        const pieces: Uint8Array[] = []
        for (let at = 0; at < whole.length; at += pieces.at(-1)?.length ?? 0) {
          pieces.push(whole.subarray(at, at + sizes.next().value))
        }
        expect(read(pieces, { staysOpen: true })).toMatchObject({ body: body.toString('latin1'), isReusable: true })
      },
    ),
  )
})
