import { catalog } from '@runnel/components/catalog'
import { newId } from '@runnel/protocol/id'
import { providerServer, reply, replyHanging } from '@runnel/testing/provider-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, type TestPerson, testApp } from '../test-app.ts'
import { echoFlow } from '../test-flows.ts'
import { hookFlow, hookModelFlow } from './test-webhook.ts'

const ENV = { LANGFLOW_SUPERUSER: 'ada', LANGFLOW_SSRF_ALLOWED_HOSTS: '127.0.0.1' }

const started = (env: Readonly<Record<string, string>> = {}): Promise<TestApp> =>
  testApp({ user: 'ada', components: catalog, env: { ...ENV, ...env } })

let server: TestApp
let base: string
let local: TestApp
beforeAll(async () => {
  server = await started()
  base = await server.listen()
  local = await started({ LANGFLOW_AUTO_LOGIN: 'true' })
})
afterAll(async () => {
  await server.close()
  await local.close()
})

interface Posted {
  readonly on?: TestApp
  readonly headers?: Record<string, string>
}

/** Posts as a program on this machine does; with ada's key unless other headers are given. */
function post(id: string, payload: string | Buffer, { on = server, headers }: Posted = {}) {
  return on.app.inject({
    method: 'POST',
    url: `/api/v1/webhook/${id}`,
    headers: { host: 'localhost:7860', ...(headers ?? { 'x-api-key': on.apiKey }) },
    payload,
  })
}

async function stored(data: unknown, on = server, as: Pick<TestPerson, 'apiKey'> = on, more = {}): Promise<string> {
  const answer = await on.app.inject({
    method: 'POST',
    url: '/api/v1/flows/',
    headers: { 'x-api-key': as.apiKey },
    payload: JSON.stringify({ name: `flow ${newId()}`, data, ...more }),
  })
  expect(answer.statusCode).toBe(201)
  return String(answer.json().id)
}

const runOf = (taskId: unknown, { storage, user } = server) => storage.runs.get(user.id, String(taskId))
async function ended(answer: { json(): { task_id?: string } }, on = server) {
  const { task_id } = answer.json()
  await expect.poll(async () => (await runOf(task_id, on))?.endedAt).toBeTruthy()
  return runOf(task_id, on)
}
const said = async (flowId: string, { storage, user } = server) =>
  (await storage.messages.find({ userId: user.id, flowId, includeErrors: true })).map(({ text }) => text)

describe('a call', () => {
  test('is answered at once and run in the background, with the body as the data of the webhook', async () => {
    const id = await stored(hookFlow())
    const answer = await post(id, '{"name":"Zoë"}')
    expect([answer.statusCode, answer.json()]).toEqual([
      202,
      {
        message: 'Task started in the background',
        status: 'in progress',
        task_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        flow_id: id,
      },
    ])
    expect(await ended(answer)).toMatchObject({ kind: 'webhook', status: 'succeeded', flowId: id, sessionId: id })
    const [text, ...more] = await said(id)
    expect(more).toEqual([])
    expect(text).toContain('Zoë')
    const steps = await server.storage.runs.steps(server.user.id, answer.json().task_id)
    expect(steps.map(({ nodeId }) => nodeId)).toEqual(['Webhook-hook', 'ChatOutput-say'])
  })

  test('goes by endpoint name too', async () => {
    const endpoint_name = `hook-${newId()}`
    const id = await stored(hookFlow(), server, server, { endpoint_name })
    expect((await post(endpoint_name, '{}')).json()).toMatchObject({ flow_id: id })
  })

  test.each([
    ['a form', 'application/x-www-form-urlencoded', 'a=1&b=2'],
    [
      'a multipart body',
      'multipart/form-data; boundary=x',
      '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--x--',
    ],
    ['text that is no JSON', 'text/plain', '{"a": '],
    ['no type at all', '', 'plain words'],
  ])('passes %s on as it came', async (_name, type, body) => {
    const id = await stored(hookFlow())
    const headers = { 'x-api-key': server.apiKey, ...(type && { 'content-type': type }) }
    await ended(await post(id, body, { headers }))
    expect((await said(id))[0]).toContain(JSON.stringify(body).slice(1, -1))
  })

  test('runs a flow without a webhook as well', async () => {
    const id = await stored(echoFlow())
    expect(await ended(await post(id, '{}'))).toMatchObject({ status: 'succeeded' })
  })

  test('of a flow that cannot run is accepted; the run tells why it failed', async () => {
    const empty = await post(await stored(null), '{}')
    expect(empty.statusCode).toBe(202)
    expect(await ended(empty)).toMatchObject({ status: 'failed', errorCode: 'flow_has_no_data' })
    await using upstream = await providerServer(reply({ error: { message: 'no such model' } }, { status: 404 }))
    const id = await stored(hookModelFlow(upstream.url))
    expect(await ended(await post(id, '{"a":1}'))).toMatchObject({
      status: 'failed',
      errorCode: 'model_error',
      failedNodeId: 'OpenAIModel-ask',
    })
  })
})

describe('is refused', () => {
  test('without a body', async () => {
    const answer = await post(await stored(hookFlow()), '')
    expect([answer.statusCode, answer.json()]).toEqual([
      400,
      { detail: 'Request body is empty. You should provide a JSON payload containing the flow ID.' },
    ])
  })

  test('with a body that is no text', async () => {
    expect((await post(await stored(hookFlow()), Buffer.from([0x7b, 0xff]))).statusCode).toBe(422)
  })

  test('with a body over the limit', async () => {
    const id = await stored(hookFlow())
    expect((await post(id, Buffer.alloc(16 * 1024 * 1024 + 1, 'a'))).statusCode).toBe(413)
  })

  test('for a flow that is not there, or belongs to somebody else, with the same answer', async () => {
    const bob = await server.person('bob')
    const [mine, none] = [await stored(hookFlow()), newId()]
    for (const id of [mine, none]) {
      const answer = await post(id, '{}', { headers: { 'x-api-key': bob.apiKey } })
      expect([answer.statusCode, answer.json()]).toEqual([404, { detail: `Flow identifier ${id} not found` }])
    }
    expect(await server.storage.runs.list({ userId: server.user.id, flowId: mine })).toEqual([])
  })

  test('without a key, or with a wrong one, before anything else is looked at', async () => {
    for (const id of [await stored(hookFlow()), newId()]) {
      const none = await post(id, '{}', { headers: {} })
      expect([none.statusCode, none.json().detail]).toEqual([
        403,
        'API key required when webhook authentication is enabled',
      ])
      const wrong = await post(id, '{}', { headers: { 'x-api-key': 'sk-wrong' } })
      expect([wrong.statusCode, wrong.json().detail]).toEqual([403, 'Invalid API key'])
    }
  })
})

test('a full queue refuses before it reads the body, a flow that fills half of it too', async () => {
  const small = await testApp({ user: 'ada', components: catalog, env: { ...ENV, RUNNEL_MAX_QUEUED_RUNS: '4' } })
  const bob = await small.person('bob')
  // It does not listen, so nobody works on them.
  const mine = await stored(hookFlow(), small)
  const others = await stored(hookFlow(), small, bob)
  const asBob = { on: small, headers: { 'x-api-key': bob.apiKey } }
  for (let at = 0; at < 2; at++) expect((await post(mine, '{}', { on: small })).statusCode).toBe(202)
  const over = await post(mine, '{}', { on: small })
  expect([over.statusCode, over.headers['retry-after'], over.json().detail]).toEqual([
    503,
    '5',
    'Too many runs of this flow wait. Try again later.',
  ])
  for (let at = 0; at < 2; at++) expect((await post(others, '{}', asBob)).statusCode).toBe(202)
  const full = await post(mine, Buffer.alloc(20_000_000), { on: small })
  expect([full.statusCode, full.headers['retry-after'], full.json().detail]).toEqual([
    503,
    '5',
    'The queue of runs is full. Try again later.',
  ])
  await small.close()
})

test('a draining server refuses', async () => {
  const ending = await testApp({ user: 'ada', env: ENV })
  const id = await stored(null, ending)
  ending.lifecycle.drain()
  const answer = await post(id, '{}', { on: ending })
  expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '5'])
  await ending.close()
})

describe('on this machine', () => {
  test('no key is needed, and a wrong one is no obstacle', async () => {
    const id = await stored(hookFlow(), local)
    for (const headers of [{}, { 'x-api-key': 'sk-wrong' }]) {
      expect((await post(id, '{}', { on: local, headers })).statusCode).toBe(202)
    }
  })

  test('a user with a key calls their own flows', async () => {
    const bob = await local.person(`bob ${newId()}`)
    const id = await stored(hookFlow(), local, bob)
    expect((await post(id, '{}', { on: local, headers: {} })).statusCode).toBe(404)
    expect((await post(id, '{}', { on: local, headers: { 'x-api-key': bob.apiKey } })).statusCode).toBe(202)
  })

  test.each([
    ['a rebound name', { host: 'evil.example' }],
    ['a page of another origin', { origin: 'http://evil.example' }],
    ['a proxy', { 'x-forwarded-for': '10.0.0.1' }],
  ])('%s needs a key', async (_name, headers) => {
    const id = await stored(hookFlow(), local)
    expect((await post(id, '{}', { on: local, headers })).statusCode).toBe(403)
  })

  test('a setting asks for the key there too', async () => {
    const strict = await started({ LANGFLOW_AUTO_LOGIN: 'true', LANGFLOW_WEBHOOK_AUTH_ENABLE: 'true' })
    const id = await stored(hookFlow(), strict)
    expect((await post(id, '{}', { on: strict, headers: {} })).statusCode).toBe(403)
    expect((await post(id, '{}', { on: strict })).statusCode).toBe(202)
    await strict.close()
  })

  test('a server that others can reach asks for the key', async () => {
    const open = await testApp({
      user: 'ada',
      env: {
        ...ENV,
        LANGFLOW_AUTO_LOGIN: 'true',
        LANGFLOW_HOST: '0.0.0.0',
        RUNNEL_ALLOW_INSECURE_AUTO_LOGIN: 'true',
      },
    })
    const id = await stored(null, open)
    expect((await post(id, '{}', { on: open, headers: {} })).statusCode).toBe(403)
    expect((await post(id, '{}', { on: open })).statusCode).toBe(202)
    await open.close()
  })
})

describe('an idempotency key', () => {
  const withKey = (key: string) => ({ headers: { 'x-api-key': server.apiKey, 'idempotency-key': key } })

  test('makes ten equal calls at once one run, and later ones too', async () => {
    const id = await stored(hookFlow())
    const key = newId()
    const calls = await Promise.all(Array.from({ length: 10 }, () => post(id, '{"n":1}', withKey(key))))
    expect(calls.map(({ statusCode }) => statusCode)).toEqual(Array(10).fill(202))
    const tasks = new Set(calls.map((answer) => answer.json().task_id))
    expect(tasks.size).toBe(1)
    const later = await post(id, '{"n":1}', withKey(key))
    expect(later.headers['idempotent-replayed']).toBe('true')
    expect(tasks).toContain(later.json().task_id)
    expect(await server.storage.runs.list({ userId: server.user.id, flowId: id })).toHaveLength(1)
  })

  test('with another body is a conflict; for another flow it is another key', async () => {
    const [one, two] = [await stored(hookFlow()), await stored(hookFlow())]
    const key = newId()
    expect((await post(one, 'a', withKey(key))).statusCode).toBe(202)
    expect((await post(one, 'b', withKey(key))).statusCode).toBe(409)
    expect((await post(two, 'b', withKey(key))).statusCode).toBe(202)
  })

  test('is forgotten after a day', async () => {
    const id = await stored(hookFlow())
    const first = await post(id, 'a', withKey('daily'))
    server.clock.advance(86_400_001)
    const second = await post(id, 'b', withKey('daily'))
    expect(second.statusCode).toBe(202)
    expect(second.json().task_id).not.toBe(first.json().task_id)
  })

  test.each([
    ['', 422],
    ['k'.repeat(255), 202],
    ['k'.repeat(256), 422],
  ])('of %s is answered %i', async (key, status) => {
    expect((await post(await stored(hookFlow()), '{}', withKey(key))).statusCode).toBe(status)
  })
})

test('a flow that hangs in every slot does not keep another one waiting', async () => {
  await using upstream = await providerServer(replyHanging())
  const hanging = await stored(hookModelFlow(upstream.url))
  for (const answer of await Promise.all(Array.from({ length: 40 }, () => post(hanging, '{"a":1}')))) {
    expect(answer.statusCode).toBe(202)
  }
  await expect.poll(() => upstream.requests.length).toBeGreaterThanOrEqual(4)
  const id = await stored(hookFlow())
  expect(await ended(await post(id, '{}'))).toMatchObject({ status: 'succeeded' })
  await server.storage.flows.remove(server.user.id, [hanging])
})

test('a client that leaves after its answer changes nothing', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  await using upstream = await providerServer(async (response) => {
    await promise
    await reply({ choices: [{ message: { role: 'assistant', content: 'late' }, finish_reason: 'stop' }] })(response)
  })
  const id = await stored(hookModelFlow(upstream.url))
  const answer = await fetch(`${base}/api/v1/webhook/${id}`, {
    method: 'POST',
    headers: { 'x-api-key': server.apiKey, connection: 'close' },
    body: '{"a":1}',
  })
  const body = (await answer.json()) as { task_id: string }
  await expect.poll(() => upstream.requests.length).toBe(1)
  resolve()
  expect(await ended({ json: () => body })).toMatchObject({ status: 'succeeded' })
  expect(await said(id)).toEqual(['late'])
})
