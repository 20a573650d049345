import { AppError } from '@runnel/protocol/errors'
import {
  type ProviderReply,
  providerServer,
  reply,
  replyCut,
  replyHanging,
  replyStream,
} from '@runnel/testing/provider-server'
import { afterEach, describe, expect, test } from 'vitest'
import { setAddressGuard } from './address-guard.ts'
import { ask, chunk, finish, KEY, textOf } from './test-asking.ts'

const good = reply({ choices: [{ message: { content: 'ok' }, finish_reason: 'stop' }] })
const goodStream = replyStream(chunk('o'), chunk('k'), finish, 'data: [DONE]\n\n')
const failing = (status: number, body: unknown = { error: { message: `no ${status}` } }, headers = {}): ProviderReply =>
  reply(body, { status, headers })

describe('trying again', () => {
  test.each([408, 409, 429, 500, 502, 503, 504, 529])('tries again after %i, waiting 0.5 and 1 s', async (status) => {
    await using server = await providerServer(failing(status), failing(status), good)
    const asked = await ask(server.url)
    expect(textOf(asked)).toBe('ok')
    expect(asked.waits).toEqual([500, 1000])
  })

  test.each([400, 401, 402, 403, 404, 413, 422, 501])('does not try again after %i', async (status) => {
    await using server = await providerServer(failing(status), good)
    expect((await ask(server.url, { stream: true })).error).toMatchObject({ code: 'model_error' })
    expect(server.requests).toHaveLength(1)
  })

  test('gives up after three attempts', async () => {
    await using server = await providerServer(failing(503))
    const { error } = await ask(server.url, { maxRetries: 5 })
    expect(error).toMatchObject({
      code: 'model_error',
      message: 'OpenAI answered with status 503: no 503',
    })
    expect(server.requests).toHaveLength(3)
  })

  test('tries less often when asked to', async () => {
    await using server = await providerServer(failing(500))
    await ask(server.url, { maxRetries: 0 })
    expect(server.requests).toHaveLength(1)
  })

  test('tries again when the connection is lost before the first token', async () => {
    await using server = await providerServer(
      (response) => void response.destroy(),
      replyCut(),
      replyStream(chunk('ok'), finish),
    )
    expect(textOf(await ask(server.url, { stream: true }))).toBe('ok')
    expect(server.requests).toHaveLength(3)
  })

  test('tries again when only the role has come', async () => {
    await using server = await providerServer(
      replyCut('data: {"choices":[{"delta":{"role":"assistant","content":""}}]}\n\n'),
      goodStream,
    )
    expect(textOf(await ask(server.url, { stream: true }))).toBe('ok')
  })

  test('says Connection error when nothing listens', async () => {
    const server = await providerServer(good)
    await server[Symbol.asyncDispose]()
    const asked = await ask(server.url)
    expect(asked.error).toMatchObject({ code: 'model_error', message: /^Connection error\. .*ECONNREFUSED/ })
    expect(asked.waits).toHaveLength(2)
  })

  test('waits as long as Retry-After says', async () => {
    await using server = await providerServer(
      failing(429, '', { 'retry-after': '3' }),
      failing(503, '', { 'retry-after': 'Thu, 01 Jan 2026 00:00:07 GMT' }),
      good,
    )
    expect((await ask(server.url)).waits).toEqual([3000, 7000])
  })

  test.each(['-1', 'soon', '99999999999999x'])('takes a Retry-After of %j for none', async (header) => {
    await using server = await providerServer(failing(429, '', { 'retry-after': header }), good)
    expect((await ask(server.url)).waits).toEqual([500])
  })

  test.each([429, 503])('ends a %i at once when the wait is longer than 10 s', async (status) => {
    await using server = await providerServer(failing(status, '', { 'retry-after': '11' }), good)
    const { error } = await ask(server.url)
    expect(error).toMatchObject({ code: 'model_rate_limited', retryAfterSeconds: 11 })
    expect(server.requests).toHaveLength(1)
  })

  test('tells when to come back after a rate limit that stays', async () => {
    await using server = await providerServer(failing(429))
    const { error } = await ask(server.url, { stream: true })
    expect(error).toMatchObject({ code: 'model_rate_limited', retryAfterSeconds: expect.any(Number), message: /429/ })
  })

  test('breaks off a wait when the run is stopped', async () => {
    await using server = await providerServer(failing(429, '', { 'retry-after': '9' }))
    const stop = new AbortController()
    const reason = new Error('left')
    const asking = ask(server.url, { clock: undefined, signal: stop.signal })
    await server.requests[0]?.closed
    while (server.requests.length === 0) await new Promise(setImmediate)
    stop.abort(reason)
    expect((await asking).error).toBe(reason)
  })
})

describe('what the error says', () => {
  test('is the sentence of a 400', async () => {
    await using server = await providerServer(failing(400, { error: { message: "Unsupported value: 'temperature'" } }))
    expect((await ask(server.url)).error).toMatchObject({ message: "Unsupported value: 'temperature'", status: 500 })
  })

  test.each([
    [{ error: { message: 'Incorrect key', code: 'invalid_api_key' } }, 'Incorrect key'],
    [{ message: 'Invalid token' }, 'Invalid token'],
    [{ object: 'error', detail: 'Not allowed' }, 'Not allowed'],
    [{ error: 'Credit balance too low' }, 'Credit balance too low'],
    [[{ error: { message: 'API key not valid' } }], 'API key not valid'],
    [{ fault: 7 }, '{"fault":7}'],
  ])('is the status and the sentence in the body: %j', async (body, sentence) => {
    await using server = await providerServer(failing(401, body))
    expect((await ask(server.url)).error).toMatchObject({ message: `OpenAI answered with status 401: ${sentence}` })
  })

  test('quotes status and at most 200 characters of other bodies', async () => {
    await using server = await providerServer(failing(401, 'x'.repeat(5000)))
    expect((await ask(server.url)).error).toMatchObject({
      message: `OpenAI answered with status 401: ${'x'.repeat(200)}`,
    })
  })

  test.each([
    [400, `wrong key ${KEY}`],
    [401, `${'x'.repeat(190)}${KEY}`],
    [429, `{"error":{"message":"${KEY}"}}`],
  ])('never holds the key a %i quotes', async (status, said) => {
    await using server = await providerServer(failing(status, status === 400 ? { error: { message: said } } : said))
    const { error } = await ask(server.url)
    expect((error as Error).message).not.toContain(KEY.slice(0, 8))
    expect((error as Error).message).toContain('*')
  })

  test('names a broken setting before anything is sent', async () => {
    await using server = await providerServer(good)
    expect((await ask(server.url, { apiKey: 'sk-“x”\n' })).error).toMatchObject({ message: /API key of OpenAI/ })
    expect((await ask('ftp://x')).error).toMatchObject({ message: /base URL/ })
    expect((await ask(server.url, { modelId: '' })).error).toMatchObject({ message: /No model/ })
    expect(server.requests).toHaveLength(0)
  })
})

describe('answers that are none', () => {
  const answers = [
    ['HTML', reply('<!doctype html><h1>Bad gateway</h1>', { headers: { 'content-type': 'text/html' } })],
    ['an empty body', reply('')],
    ['half a JSON', reply('{"choices":[{"message":{"role":"assi')],
    ['a list', reply('[]')],
    ['no choices', reply('{"id":"x","choices":[]}')],
    ['an error object', reply({ error: { message: 'quota' } })],
    ['a redirect', reply('', { status: 302, headers: { location: 'http://127.0.0.1:1/' } })],
  ] as const
  test.each(answers)('are a model error: %s', async (_, answer) => {
    for (const stream of [false, true]) {
      await using server = await providerServer(answer)
      expect(await ask(server.url, { stream })).toMatchObject({ error: { code: 'model_error' }, parts: [] })
      expect(server.requests).toHaveLength(1)
    }
  })

  test('end when the answer or a line is too large', async () => {
    const endless: ProviderReply = (response) => {
      response.writeHead(200)
      const more = (): void => {
        while (!response.destroyed && response.write(chunk('x'.repeat(1000))));
        if (!response.destroyed) response.once('drain', more)
      }
      more()
    }
    await using server = await providerServer(endless, endless, replyHanging(`data: ${'x'.repeat(3000)}`))
    const limits = { answerBytes: 200_000, lineBytes: 2000 }
    expect((await ask(server.url, { stream: true, limits })).error).toMatchObject({
      code: 'model_error',
      message: /too large/,
    })
    expect((await ask(server.url, { limits })).error).toMatchObject({ code: 'model_error', message: /too large/ })
    expect((await ask(server.url, { stream: true, limits })).error).toMatchObject({
      code: 'model_error',
      message: /line/,
    })
    for (const { closed } of server.requests) await closed
  })

  test('do not follow a redirect', async () => {
    await using other = await providerServer(good)
    await using server = await providerServer(reply('', { status: 307, headers: { location: other.url } }))
    expect((await ask(server.url)).error).toMatchObject({ code: 'model_error', message: /307/ })
    expect(other.requests).toHaveLength(0)
  })
})

describe('addresses', () => {
  afterEach(() => setAddressGuard(() => undefined))

  test('are refused by the operator before anything is sent', async () => {
    await using server = await providerServer(good)
    const refuse = (url: URL): never => {
      throw new AppError('address_refused', [url.hostname])
    }
    setAddressGuard(refuse)
    const asked = await ask(server.url)
    expect(asked).toMatchObject({ error: { code: 'address_refused' }, waits: [] })
    expect(server.requests).toHaveLength(0)
  })

  test('are checked where the name is resolved', async () => {
    const refusal = new AppError('address_refused', ['model.example'])
    setAddressGuard(() => (_name, _options, callback) => callback(refusal, ''))
    expect(await ask('http://model.example')).toMatchObject({ error: { code: 'address_refused' }, waits: [] })
  })
})
