import { chatChunk, streamText } from '@runnel/testing/chat-stream'
import { providerServer, reply } from '@runnel/testing/provider-server'
import { stillTime } from '@runnel/testing/still-time'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { echoFlow } from '../test-flows.ts'
import {
  answered,
  bodyOf,
  callWorkflow,
  failure,
  published,
  saysAtOnce,
  titledModelFlow,
  type WorkflowServer,
  workflowServer,
} from './test-workflow.ts'

let server: WorkflowServer
beforeAll(async () => {
  server = await workflowServer()
})
afterAll(() => server.close())

const call = (id: string, body: unknown, init: RequestInit = {}, on = server) => callWorkflow(on, id, body, init)

describe('rate limits', () => {
  test('of a key refuse what comes too fast, and tell when to come again', async () => {
    using _ = stillTime()
    const limited = await workflowServer({ env: { FLOWAI_RATE_LIMIT: '2' } })
    const id = await published(limited, echoFlow())
    const all = await Promise.all(Array.from({ length: 6 }, () => call(id, { input: { a: 'b' } }, {}, limited)))
    const refused = all.filter(({ status }) => status === 429)
    expect(all.filter(({ status }) => status === 200)).toHaveLength(2)
    expect(refused).toHaveLength(4)
    expect([refused[0]?.headers.get('retry-after'), await refused[0]?.json()]).toEqual([
      '1',
      failure('rate_limited', 'Too many calls with this API key. Try again later.'),
    ])
    const unknown = await Promise.all(Array.from({ length: 6 }, () => call('nope', { input: {} }, {}, limited)))
    expect(unknown.map(({ status }) => status)).toContain(429)
    const bob = await limited.person('bob')
    const other = await published(bob, echoFlow())
    expect((await call(other, { input: { a: 'b' } }, { headers: { 'x-api-key': bob.apiKey } }, limited)).status).toBe(
      200,
    )
    await limited.close()
  })

  test('of a flow hold for all keys together', async () => {
    using _ = stillTime()
    const id = await published(server, echoFlow())
    await fetch(`${server.base}/api/v1/publications/${id}`, {
      method: 'PATCH',
      headers: { 'x-api-key': server.apiKey },
      body: '{"rate_limit":0.5}',
    })
    expect((await call(id, { input: { a: 'b' } })).status).toBe(200)
    const over = await call(id, { input: { a: 'b' } })
    expect([over.status, over.headers.get('retry-after'), (await bodyOf(over)).detail]).toEqual([
      429,
      '2',
      'Too many calls of this workflow. Try again later.',
    ])
  })
})

describe('an idempotency key', () => {
  const withKey = (key: string) => ({ headers: { 'idempotency-key': key } })

  test('gives equal calls one run and one answer, those at the same moment too', async () => {
    await using provider = await providerServer(saysAtOnce('once'))
    const id = await published(server, titledModelFlow(provider.url))
    const body = { input: { a: 'b' } }
    const all = await Promise.all(Array.from({ length: 5 }, () => call(id, body, withKey('k-1'))))
    const texts = await Promise.all(all.map((response) => response.text()))
    const later = await call(id, body, withKey('k-1'))
    expect(new Set([...texts, await later.text()]).size).toBe(1)
    expect(all.filter(({ headers }) => headers.get('idempotent-replayed') === 'true')).toHaveLength(4)
    expect(later.headers.get('idempotent-replayed')).toBe('true')
    expect(provider.requests).toHaveLength(1)
    expect(await answered(await call(id, { input: { a: 'other' } }, withKey('k-1')))).toMatchObject([
      409,
      { error: { code: 'idempotency_key_reused' } },
    ])
  })

  test('lets a run go on when its client leaves, and gives its stream again', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    await using provider = await providerServer(async (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(chatChunk({ content: 'So ' }))
      await promise
      response.end(`${chatChunk({ content: 'far' })}${chatChunk({}, 'stop')}data: [DONE]\n\n`)
    })
    const id = await published(server, titledModelFlow(provider.url))
    const body = { input: { a: 'b' }, stream: true }
    const leave = new AbortController()
    const first = await call(id, body, { ...withKey('k-2'), signal: leave.signal })
    await first.body?.getReader().read()
    leave.abort()
    const joined = await call(id, body, withKey('k-2'))
    resolve()
    const text = await joined.text()
    expect(text).toMatch(/^event:msg\n[\s\S]*"Content":"So "[\s\S]*"Content":"far"[\s\S]*event:output\n/)
    const again = await call(id, body, withKey('k-2'))
    expect([again.headers.get('content-type'), await again.text()]).toEqual(['text/event-stream', text])
    expect(provider.requests).toHaveLength(1)
  })

  test('keeps the answer of a run that failed, and lets a call that began nothing come again', async () => {
    await using provider = await providerServer(
      reply({ error: { message: 'no' } }, { status: 400 }),
      saysAtOnce('later'),
    )
    const id = await published(server, titledModelFlow(provider.url))
    expect((await call(id, { input: { a: 'b' }, version: 9 }, withKey('k-3'))).status).toBe(404)
    const first = await call(id, { input: { a: 'b' } }, withKey('k-3'))
    const second = await call(id, { input: { a: 'b' } }, withKey('k-3'))
    expect([first.status, second.status]).toEqual([500, 500])
    expect(await second.text()).toBe(await first.text())
    expect(provider.requests).toHaveLength(1)
  })
})

describe('the cache of answers', () => {
  const setUp = async (url: string) => {
    const id = await published(server, titledModelFlow(url))
    await fetch(`${server.base}/api/v1/publications/${id}`, {
      method: 'PATCH',
      headers: { 'x-api-key': server.apiKey },
      body: '{"cache":true}',
    })
    return async (body: object, headers: Record<string, string> = {}) => {
      const response = await call(id, body, { headers })
      return [response.headers.get('x-cache'), await response.text()] as const
    }
  }

  test('is off unless the owner wants it', async () => {
    const response = await call(await published(server, echoFlow()), { input: { a: 'b' } })
    expect(response.headers.get('x-cache')).toBeNull()
  })

  test('gives the same answer to the same question for five minutes, and a new one to those who want it', async () => {
    await using provider = await providerServer(
      saysAtOnce('one'),
      saysAtOnce('two'),
      saysAtOnce('three'),
      saysAtOnce('four'),
    )
    const ask = await setUp(provider.url)
    const [, first] = await ask({ input: { a: 'b' } })
    expect(await ask({ input: { a: 'b' } })).toEqual(['HIT', first])
    expect(await ask({ input: { a: 'c' } })).toEqual(['MISS', expect.stringContaining('two')])
    expect(await ask({ input: { a: 'b' } }, { 'cache-control': 'no-cache' })).toEqual([
      'MISS',
      expect.stringContaining('three'),
    ])
    expect((await ask({ input: { a: 'b' } }))[1]).toContain('three')
    server.clock.advance(300_001)
    expect(await ask({ input: { a: 'b' } })).toEqual(['MISS', expect.stringContaining('four')])
  })

  test('keeps streams, and neither failures nor conversations', async () => {
    await using provider = await providerServer(
      reply({ error: { message: 'no' } }, { status: 400 }),
      streamText(['a', 'b']),
      saysAtOnce('c'),
      saysAtOnce('d'),
    )
    const ask = await setUp(provider.url)
    const body = { input: { a: 'b' }, stream: true }
    expect((await ask(body))[1]).toContain('event:error')
    const [missed, text] = await ask(body)
    expect([missed, text]).toEqual(['MISS', expect.stringContaining('event:output')])
    expect(await ask(body)).toEqual(['HIT', text])
    const inSession = { input: { a: 'b' }, session_id: 's' }
    expect((await ask(inSession))[1]).toContain('"c"')
    expect((await ask(inSession))[1]).toContain('"d"')
  })
})
