import { catalog } from '@runnel/components/catalog'
import { createFlow } from '@runnel/protocol/flows'
import { newId } from '@runnel/protocol/id'
import { readV2Run, startV2Run, stopV2Run } from '@runnel/protocol/v2-workflows'
import { aRun } from '@runnel/storage/test-records'
import { providerServer, reply, replyHanging } from '@runnel/testing/provider-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSecrets } from '../auth/secrets.ts'
import { type TestApp, type TestPerson, testApp } from '../test-app.ts'
import { echoFlow, modelFlow, storeFlow } from '../test-flows.ts'
import { createJobRuns } from './job-runs.ts'

let server: TestApp
let eve: TestPerson
beforeAll(async () => {
  const env = { LANGFLOW_SSRF_ALLOWED_HOSTS: '127.0.0.1' }
  server = await testApp({ user: 'ada', components: catalog, env })
  await server.listen()
  eve = await server.person('eve')
})
afterAll(() => server.close())

interface Answer {
  readonly status: number
  readonly body: unknown
}

/** As a program asks, with ada's key unless another is given. */
async function ask(method: 'GET' | 'POST', url: string, payload?: object, key = server.apiKey): Promise<Answer> {
  const answer = await server.app.inject({ method, url, headers: { 'x-api-key': key }, ...(payload && { payload }) })
  return { status: answer.statusCode, body: answer.json() }
}
const start = (body: object, key?: string) => ask('POST', startV2Run.path, body, key)
const status = (id: string, key?: string) => ask('GET', `${readV2Run.path}?job_id=${id}`, undefined, key)
const stop = (id: string, key?: string) => ask('POST', stopV2Run.path, { job_id: id }, key)

async function begin(body: object): Promise<string> {
  const answer = await start({ ...body, mode: 'background' })
  expect(answer).toMatchObject({ status: 200, body: { object: 'job', status: 'queued' } })
  return String(Reflect.get(Object(answer.body), 'job_id'))
}
const ended = (id: string) => expect.poll(async () => (await server.storage.runs.get(server.user.id, id))?.endedAt)

const answered = (flow_id: string, session_id: string, text: string) => ({
  flow_id,
  session_id,
  job_id: expect.any(String),
  object: 'response',
  created_timestamp: expect.stringMatching(/^\d{4}-.*\+00:00$/),
  status: 'completed',
  output: { reason: 'single', text, source: 'ChatOutput-say' },
  errors: [],
  warnings: [],
  globals: {},
  outputs: {
    'ChatOutput-say': {
      type: 'message',
      status: 'completed',
      display_name: 'Chat Output',
      content: text,
      metadata: { component_type: 'ChatOutput' },
    },
  },
  human_request: null,
  has_errors: false,
})

describe('a run that is waited for', () => {
  test.each(['sync', 'background'])('is refused where the graph is none that runs (%s)', async (mode) => {
    const { nodes, edges } = echoFlow()
    for (const data of [null, { nodes: [...nodes, ...nodes], edges: [...edges] }]) {
      const { id: flow_id } = await server.client.call(createFlow, { body: { name: `broken ${newId()}`, data } })
      expect(await start({ flow_id, mode })).toMatchObject({
        status: 400,
        body: { detail: { code: 'INVALID_FLOW_DATA', message: expect.any(String), flow_id } },
      })
    }
  })

  test('answers with what its last nodes gave, and can be read again by its job', async () => {
    const flow_id = await storeFlow(server, echoFlow())
    const answer = await start({ flow_id, input_value: 'hello', session_id: 'chat' })
    expect(answer).toEqual({ status: 200, body: { ...answered(flow_id, 'chat', 'hello'), inputs: {} } })
    const { status: code, body } = await status(String(Reflect.get(Object(answer.body), 'job_id')))
    expect([code, body]).toEqual([200, { ...answered(flow_id, 'chat', 'hello'), inputs: {} }])
  })

  test('takes tweaks, which it tells again, and values of variables, which it does not', async () => {
    const flow_id = await storeFlow(server, echoFlow())
    const inputs = { 'ChatInput-ask': { input_value: 'tweaked' } }
    await expect(start({ flow_id, tweaks: inputs, globals: { KEY: 'secret' } })).resolves.toEqual({
      status: 200,
      body: { ...answered(flow_id, flow_id, 'tweaked'), inputs },
    })
  })

  test('that fails is an answer of its own', async () => {
    await using provider = await providerServer(reply({ error: { message: 'No such model' } }, { status: 400 }))
    const flow_id = await storeFlow(server, modelFlow(provider.url))
    await expect(start({ flow_id, input_value: 'hello' })).resolves.toMatchObject({
      status: 200,
      body: {
        session_id: null,
        status: 'failed',
        output: { reason: 'failed', text: null, source: null },
        errors: [{ error: expect.stringContaining('No such model'), code: 'model_error' }],
        outputs: {},
        has_errors: true,
      },
    })
  })

  test('cannot be stopped by its job', async () => {
    const run = aRun(server.user.id, await storeFlow(server, echoFlow()), { status: 'running' })
    await server.storage.runs.record({ run, messages: [], steps: [] })
    await expect(stop(run.id)).resolves.toMatchObject({
      status: 409,
      body: { detail: { code: 'JOB_NOT_CANCELLABLE', job_id: run.id } },
    })
  })
})

describe('a run in the background', () => {
  test('is begun at once, and answers when it has ended', async () => {
    const flow_id = await storeFlow(server, echoFlow())
    const id = await begin({ flow_id, input_value: 'hello', session_id: 'later' })
    await ended(id).toBeTruthy()
    await expect(status(id)).resolves.toEqual({
      status: 200,
      body: { ...answered(flow_id, 'later', 'hello'), job_id: id, inputs: {} },
    })
    await expect(stop(id)).resolves.toEqual({
      status: 200,
      body: { job_id: id, message: `Job ${id} already finished (completed).` },
    })
  })

  test('takes tweaks, and is stopped while it goes on', async () => {
    await using provider = await providerServer(replyHanging())
    const model = { 'OpenAIModel-model': { system_message: 'Be brief' } }
    const flow_id = await storeFlow(server, modelFlow(provider.url))
    const id = await begin({ flow_id, input_value: 'hello', tweaks: model })
    await expect.poll(() => provider.requests.length).toBe(1)
    expect(JSON.stringify(provider.requests)).toContain('Be brief')
    await expect(status(id)).resolves.toMatchObject({ status: 200, body: { job_id: id, status: 'in_progress' } })
    await expect(stop(id)).resolves.toEqual({
      status: 200,
      body: { job_id: id, message: `Job ${id} cancelled successfully.` },
    })
    await expect(status(id)).resolves.toMatchObject({ status: 200, body: { object: 'job', status: 'cancelled' } })
  })

  test('waits without telling the store what it was given', () => {
    const { payload } = createJobRuns(createSecrets('x'.repeat(32)))
    const { body } = payload({ input_value: 'private', tweaks: {}, globals: { KEY: 'private' } })
    expect(body).not.toContain('private')
  })

  test('that fails says why', async () => {
    await using provider = await providerServer(reply({ error: { message: 'No such model' } }, { status: 400 }))
    const id = await begin({ flow_id: await storeFlow(server, modelFlow(provider.url)), input_value: 'hello' })
    await ended(id).toBeTruthy()
    await expect(status(id)).resolves.toMatchObject({
      status: 500,
      body: { detail: { code: 'JOB_FAILED', job_id: id, error_detail: expect.stringContaining('No such model') } },
    })
  })

  test('is begun once for each idempotency key of a flow, unless it has failed', async () => {
    await using provider = await providerServer(reply({ error: { message: 'No such model' } }, { status: 400 }))
    const key = { idempotency_key: 'once' }
    const echo = { ...key, flow_id: await storeFlow(server, echoFlow()) }
    const [first, ...others] = await Promise.all([begin(echo), begin(echo), begin({ ...echo, input_value: 'other' })])
    expect(others).toEqual([first, first])
    const failing = { ...key, flow_id: await storeFlow(server, modelFlow(provider.url)), input_value: 'hello' }
    const failed = await begin(failing)
    await ended(failed).toBeTruthy()
    expect(await begin(failing)).not.toBe(failed)
  })
})

describe('a request that is refused', () => {
  const detail = (code: string, more: object = {}) => ({
    error: expect.any(String),
    message: expect.any(String),
    code,
    ...more,
  })

  test('for a flow or job of somebody else, as for one that is not there', async () => {
    const flow_id = await storeFlow(server, echoFlow())
    const id = await begin({ flow_id })
    for (const mode of ['sync', 'background']) {
      await expect(start({ flow_id, mode }, eve.apiKey)).resolves.toEqual({
        status: 404,
        body: detail('FLOW_NOT_FOUND', { flow_id }),
      })
    }
    for (const asked of [status(id, eve.apiKey), stop(id, eve.apiKey)]) {
      await expect(asked).resolves.toEqual({ status: 404, body: detail('JOB_NOT_FOUND', { job_id: id }) })
    }
    const nowhere = newId()
    await expect(status(nowhere)).resolves.toEqual({ status: 404, body: detail('JOB_NOT_FOUND', { job_id: nowhere }) })
  })

  test('names the outputs there are', async () => {
    const flow_id = await storeFlow(server, echoFlow())
    await expect(start({ flow_id, output_ids: ['ChatInput-ask'] })).resolves.toEqual({
      status: 422,
      body: { detail: detail('UNKNOWN_OUTPUT_IDS', { flow_id, available: ['ChatOutput-say'] }) },
    })
  })

  test('without the job it is about', async () => {
    await expect(ask('GET', readV2Run.path)).resolves.toEqual({
      status: 400,
      body: { detail: detail('MISSING_PARAMETER') },
    })
  })

  test.each([
    { flow_id: 'my-flow' },
    { flow_id: newId(), mode: 'stream' },
    { flow_id: newId(), extra: 1 },
    { flow_id: newId(), idempotency_key: 'x'.repeat(256) },
  ])('for its body %j', async (body) => {
    await expect(start(body)).resolves.toMatchObject({ status: 422 })
  })
})
