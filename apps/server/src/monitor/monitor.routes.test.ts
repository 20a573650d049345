import { catalog } from '@runnel/components/catalog'
import { newId } from '@runnel/protocol/id'
import {
  deleteBuilds,
  deleteRuns,
  listBuilds,
  listFlowRuns,
  listRuns,
  listTransactions,
  readRun,
  readRunGraph,
} from '@runnel/protocol/monitor'
import { runFlow } from '@runnel/protocol/runs'
import { createVariable } from '@runnel/protocol/variables'
import { aRun, aStep } from '@runnel/storage/test-records'
import { type BuiltFlow, flow } from '@runnel/testing/flow-builder'
import { type ProviderServer, providerServer, reply } from '@runnel/testing/provider-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sayingVariable } from '../builds/test-build.ts'
import { type TestApp, type TestPerson, testApp } from '../test-app.ts'
import { component } from '../test-flows.ts'

let server: TestApp
let eve: TestPerson
let provider: ProviderServer
beforeAll(async () => {
  provider = await providerServer(reply({ error: { message: 'Wrong key' } }, { status: 401 }))
  server = await testApp({
    user: 'ada',
    components: catalog,
    env: { LANGFLOW_SSRF_ALLOWED_HOSTS: '127.0.0.1' },
  })
  eve = await server.person('eve')
})
afterAll(async () => {
  await server.close()
  await provider[Symbol.asyncDispose]()
})

const chatInput = component('ChatInput')
const chatOutput = component('ChatOutput')
const prompt = (): BuiltFlow =>
  flow(
    {
      ask: chatInput,
      fill: { component: component('Prompt'), set: { template: 'Q: {question}', question: 'unset' } },
      say: chatOutput,
    },
    ['ask.message -> fill.question', 'fill.prompt -> say.input_value'],
  )
/** Its model is refused by the provider. */
const failing = (): BuiltFlow =>
  flow(
    {
      ask: chatInput,
      model: {
        component: component('OpenAIModel'),
        set: { api_key: 'sk-secret-of-ada', openai_api_base: `${provider.url}/v1` },
      },
      say: chatOutput,
    },
    ['ask.message -> model.input_value', 'model.text_output -> say.input_value'],
  )

async function stored(data?: BuiltFlow): Promise<string> {
  const answer = await server.app.inject({
    method: 'POST',
    url: '/api/v1/flows/',
    headers: { 'x-api-key': server.apiKey },
    payload: JSON.stringify({ name: `flow ${newId()}`, data }),
  })
  return answer.json().id
}
const run = (id: string, input_value: string, session_id = 'chat') =>
  server.client.request(runFlow, { params: { flow_id_or_name: id }, body: { input_value, session_id } })
const get = (path: string, apiKey = server.apiKey) =>
  server.app.inject({ method: 'GET', url: `/api/v1/monitor/${path}`, headers: { 'x-api-key': apiKey } })
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)

describe('builds', () => {
  test('hold the newest build of each node, as a run answers it', async () => {
    const id = await stored(prompt())
    await run(id, 'first')
    await run(id, 'second')
    const { vertex_builds } = await server.client.call(listBuilds, { query: { flow_id: id } })
    expect(Object.keys(vertex_builds)).toEqual(['ChatInput-ask', 'Prompt-fill', 'ChatOutput-say'])
    const [build, ...more] = vertex_builds['ChatInput-ask'] ?? []
    expect(more).toEqual([])
    const artifacts = { message: 'second', sender: 'User', sender_name: 'User', files: [], type: 'object' }
    expect(build).toEqual({
      timestamp: TIME,
      id: 'ChatInput-ask',
      data: {
        results: { message: expect.objectContaining({ text: 'second', data: expect.anything() }) },
        outputs: { message: { message: 'second', type: 'text' } },
        logs: { message: [] },
        message: artifacts,
        artifacts,
        timedelta: expect.any(Number),
        duration: expect.stringMatching(/^\d+ ms$/),
        used_frozen_result: false,
        token_usage: null,
      },
      artifacts,
      params: '- Files: []\n  Message: second\n  Sender: User\n  Sender Name: User\n  Type: object\n',
      valid: true,
      flow_id: id,
      build_id: expect.any(String),
      job_id: expect.any(String),
    })
    expect(vertex_builds['Prompt-fill']?.[0]).toMatchObject({
      artifacts: { prompt: { repr: 'Q: second', raw: 'Q: second', type: 'text' } },
      params: 'None',
    })
  })

  test('of a node that failed tell why', async () => {
    const id = await stored(failing())
    expect((await run(id, 'hi')).status).toBe(500)
    const { vertex_builds } = await server.client.call(listBuilds, { query: { flow_id: id } })
    const [build] = vertex_builds['OpenAIModel-model'] ?? []
    expect(build).toMatchObject({ valid: false, params: expect.stringContaining('Error building Component OpenAI') })
  })

  test('of an unknown flow are none; the flow must be named', async () => {
    expect((await get(`builds?flow_id=${newId()}`)).json()).toEqual({ vertex_builds: {} })
    expect((await get('builds')).json()).toMatchObject({ detail: [{ type: 'missing', loc: ['query', 'flow_id'] }] })
    expect((await get('builds?flow_id=x')).statusCode).toBe(422)
  })

  test('are seen and deleted by their owner alone', async () => {
    const id = await stored(prompt())
    await run(id, 'mine')
    const seen = async () => {
      const { vertex_builds } = await server.client.call(listBuilds, { query: { flow_id: id } })
      return Object.keys(vertex_builds).length
    }
    expect((await get(`builds?flow_id=${id}`, eve.apiKey)).json()).toEqual({ vertex_builds: {} })
    await eve.client.call(deleteBuilds, { query: { flow_id: id } })
    expect(await seen()).toBe(3)
    const gone = await server.client.request(deleteBuilds, { query: { flow_id: id } })
    expect([gone.status, await gone.text()]).toEqual([204, ''])
    expect(await seen()).toBe(0)
    expect((await server.app.inject(`/api/v1/monitor/builds?flow_id=${id}`)).statusCode).toBe(403)
  })

  test('of a node with any name are under that name', async () => {
    const id = await stored()
    const past = aRun(server.user.id, id)
    const steps = ['__proto__', '7'].map((nodeId) => aStep(past, nodeId))
    await server.storage.runs.record({ run: past, messages: [], steps })
    const { vertex_builds }: { vertex_builds: Record<string, { id: string }[]> } = (
      await get(`builds?flow_id=${id}`)
    ).json()
    expect(Object.entries(vertex_builds).map(([name, builds]) => [name, builds[0]?.id])).toEqual([
      ['7', '7'],
      ['__proto__', '__proto__'],
    ])
  })
})

describe('transactions', () => {
  test('tell what each node was given and gave, newest first', async () => {
    const id = await stored(prompt())
    await run(id, 'hello')
    const page = await server.client.call(listTransactions, { query: { flow_id: id } })
    expect(page).toMatchObject({ total: 3, page: 1, size: 50, pages: 1 })
    expect(page.items.map(({ vertex_id, target_id }) => [vertex_id, target_id])).toEqual([
      ['ChatOutput-say', null],
      ['Prompt-fill', 'ChatOutput-say'],
      ['ChatInput-ask', 'Prompt-fill'],
    ])
    // What was left empty is told as well.
    expect(page.items[0]?.inputs).toMatchObject({ input_value: 'Q: hello', context_id: '', session_id: 'chat' })
    expect(page.items[1]).toEqual({
      id: expect.any(String),
      timestamp: TIME,
      vertex_id: 'Prompt-fill',
      target_id: 'ChatOutput-say',
      inputs: expect.objectContaining({ template: 'Q: {question}', question: 'hello' }),
      outputs: { prompt: { message: 'Q: hello', type: 'text' } },
      status: 'success',
      error: null,
      flow_id: id,
    })
  })

  test('of a node that failed hold the error, and no secret', async () => {
    const id = await stored(failing())
    await run(id, 'hi')
    const text = (await get(`transactions?flow_id=${id}`)).body
    expect(JSON.parse(text).items[0]).toMatchObject({
      vertex_id: 'OpenAIModel-model',
      status: 'error',
      inputs: { input_value: 'hi', api_key: '*****' },
      error: expect.stringContaining('Error building Component OpenAI'),
    })
    expect(text).not.toContain('sk-secret')
  })

  test('tell a credential by its ends, in whatever field it stands', async () => {
    await server.client.call(createVariable, {
      body: { name: 'HIDDEN', value: 'bearer-of-a-long-secret', type: 'Credential' },
    })
    await server.client.call(createVariable, { body: { name: 'SHOWN', value: 'plainly', type: 'Generic' } })
    const seen = async (name: string) => {
      const id = await stored(sayingVariable(component('TextInput'), chatOutput, name))
      await run(id, '')
      const { items } = await server.client.call(listTransactions, { query: { flow_id: id } })
      return items.find(({ vertex_id }) => vertex_id === 'TextInput-note')?.inputs.input_value
    }
    expect(await seen('HIDDEN')).toBe('bear…cret')
    expect(await seen('SHOWN')).toBe('plainly')
  })

  test('tell the keys in headers and options by their ends', async () => {
    const headers = [
      { key: 'Authorization', value: 'Bearer of-a-long-secret' },
      { key: 'Accept', value: 'text/plain' },
    ]
    const set = { url_input: `${provider.url}/`, headers }
    const id = await stored(flow({ call: { component: component('APIRequest'), set } }, []))
    await run(id, '')
    const { items } = await server.client.call(listTransactions, { query: { flow_id: id } })
    expect(items[0]?.inputs.headers).toEqual([
      { key: 'Authorization', value: 'Bear…cret' },
      { key: 'Accept', value: 'text/plain' },
    ])
  })

  test('come in pages; page 0 is the first, one past the end is empty', async () => {
    const id = await stored()
    const past = aRun(server.user.id, id)
    const steps = ['a', 'b', 'c'].map((nodeId) => aStep(past, nodeId))
    await server.storage.runs.record({ run: past, messages: [], steps })
    const shown = async (query: string) => {
      const { items, total, page, pages } = (await get(`transactions?flow_id=${id}&${query}`)).json()
      return [items.map((item: { readonly vertex_id: string }) => item.vertex_id).join(''), total, page, pages]
    }
    expect(await shown('size=2')).toEqual(['cb', 3, 1, 2])
    expect(await shown('size=2&page=0')).toEqual(['cb', 3, 1, 2])
    expect(await shown('size=2&page=2')).toEqual(['a', 3, 2, 2])
    expect(await shown('size=2&page=9')).toEqual(['', 3, 9, 2])
    expect(await shown('size=100')).toEqual(['cba', 3, 1, 1])
  })

  test.each([
    ['size=101', 'less_than_equal'],
    ['size=0', 'greater_than_equal'],
    ['page=-1', 'greater_than_equal'],
    ['page=one', 'int_parsing'],
  ])('with %s are refused', async (query, type) => {
    const answer = await get(`transactions?flow_id=${newId()}&${query}`)
    expect([answer.statusCode, answer.json().detail[0].type]).toEqual([422, type])
  })

  test('of another user’s flow are none', async () => {
    const id = await stored(prompt())
    await run(id, 'mine')
    const theirs = await eve.client.call(listTransactions, { query: { flow_id: id } })
    expect(theirs).toEqual({ items: [], total: 0, page: 1, size: 50, pages: 0 })
    expect((await get('transactions')).statusCode).toBe(422)
  })
})

describe('runs', () => {
  test('tell state, times, tokens and the component that failed', async () => {
    const id = await stored(failing())
    await run(id, 'hi', 'chat-7')
    const { runs, next } = await server.client.call(listRuns, { query: { flow_id: id } })
    expect([runs.length, next]).toEqual([1, null])
    expect(runs[0]).toEqual({
      id: expect.any(String),
      flow_id: id,
      session_id: 'chat-7',
      kind: 'run',
      status: 'failed',
      started_at: TIME,
      ended_at: TIME,
      duration_ms: expect.any(Number),
      attempts: 1,
      error: expect.any(String),
      error_code: expect.any(String),
      failed_component: 'OpenAIModel-model',
      token_usage: { input_tokens: 0, output_tokens: 0, total_tokens: 0 },
      cost: null,
      unpriced_tokens: 0,
      input: 'hi',
      output: null,
      key_id: expect.any(String),
      published_version: null,
      started_by: null,
      has_graph: true,
      is_private: false,
    })
    const one = await server.client.call(readRun, { params: { run_id: runs[0]?.id ?? '' } })
    expect(one).toMatchObject({ ...runs[0], steps: [{ component_id: 'ChatInput-ask', valid: true }, {}] })
    expect(one.steps[1]).toEqual({
      inputs: expect.objectContaining({ input_value: 'hi', model_name: 'gpt-4o-mini', api_key: '*****' }),
      outputs: {},
      logs: {},
      token_usage: null,
      cost: null,
      component_id: 'OpenAIModel-model',
      component_display_name: 'OpenAI',
      started_at: TIME,
      duration_ms: expect.any(Number),
      valid: false,
      error: expect.stringContaining('Error building Component OpenAI'),
    })
  })

  test('show what was said and answered, and are found by it', async () => {
    const id = await stored(prompt())
    await run(id, 'Where is the Hague?')
    await run(id, '天气')
    const found = async (search: string) =>
      (await server.client.call(listRuns, { query: { flow_id: id, search } })).runs.map(({ input, output }) => [
        input,
        output,
      ])
    expect(await found('q: 天')).toEqual([['天气', 'Q: 天气']])
    expect(await found('the hague')).toEqual([['Where is the Hague?', 'Q: Where is the Hague?']])
    expect(await found('100%')).toEqual([])
  })

  test('keep the graph they ran, without secrets and code, whatever becomes of the flow', async () => {
    const id = await stored(failing())
    await run(id, 'hi')
    const { runs } = await server.client.call(listRuns, { query: { flow_id: id } })
    const change = await server.app.inject({
      method: 'PATCH',
      url: `/api/v1/flows/${id}`,
      headers: { 'x-api-key': server.apiKey },
      payload: JSON.stringify({ data: { nodes: [], edges: [] } }),
    })
    expect(change.statusCode).toBe(200)
    const params = { run_id: runs[0]?.id ?? '' }
    const { data } = await server.client.call(readRunGraph, { params })
    expect(data.nodes).toHaveLength(3)
    expect(data.edges).toHaveLength(2)
    expect(JSON.stringify(data)).not.toContain('sk-secret-of-ada')
    await expect(eve.client.call(readRunGraph, { params })).rejects.toMatchObject({ status: 404 })
    const old = aRun(server.user.id, id)
    await server.storage.runs.record({ run: old, messages: [], steps: [] })
    await expect(server.client.call(readRunGraph, { params: { run_id: old.id } })).rejects.toMatchObject({
      status: 404,
      detail: 'The graph of this run is not kept',
    })
  })

  test('that wait or go on have no end yet', async () => {
    const id = await stored()
    const going = { endedAt: null, inputTokens: 2, outputTokens: 3 }
    for (const status of ['queued', 'running'] as const) {
      const part = aRun(server.user.id, id, { ...going, status, kind: 'webhook' })
      await server.storage.runs.record({ run: part, messages: [], steps: [] })
    }
    const { runs } = await server.client.call(listRuns, { query: { flow_id: id } })
    const usage = { input_tokens: 2, output_tokens: 3, total_tokens: 5 }
    expect(runs).toMatchObject([
      { status: 'running', ended_at: null, duration_ms: null, attempts: 1, token_usage: usage },
      { status: 'queued', ended_at: null, duration_ms: null, attempts: 0, token_usage: usage },
    ])
  })

  test('are paged from the newest, of one session when it is named', async () => {
    const id = await stored()
    const ids: string[] = []
    for (const sessionId of ['a', 'b', 'a']) {
      const past = aRun(server.user.id, id, { sessionId })
      ids.push(past.id)
      await server.storage.runs.record({ run: past, messages: [], steps: [] })
    }
    const first = await server.client.call(listRuns, { query: { flow_id: id, limit: 2 } })
    expect([first.runs.map((one) => one.id), first.next]).toEqual([[ids[2], ids[1]], ids[1]])
    const rest = await server.client.call(listRuns, { query: { flow_id: id, limit: 2, before: first.next ?? '' } })
    expect([rest.runs.map((one) => one.id), rest.next]).toEqual([[ids[0]], null])
    const ofA = await server.client.call(listRuns, { query: { flow_id: id, session_id: 'a' } })
    expect(ofA.runs.map((one) => one.id)).toEqual([ids[2], ids[0]])
    expect((await get('runs?limit=101')).statusCode).toBe(422)
    expect((await get('runs?limit=0')).statusCode).toBe(422)
  })

  test('are found by state, kind and time, and forgotten by their owner alone', async () => {
    const id = await stored()
    const at = (hours: number) => Date.parse('2026-02-01T00:00:00Z') + hours * 3_600_000
    const past = [
      aRun(server.user.id, id, { startedAt: at(1), status: 'failed', kind: 'webhook' }),
      aRun(server.user.id, id, { startedAt: at(2), status: 'succeeded', kind: 'webhook' }),
      aRun(server.user.id, id, { startedAt: at(3), status: 'succeeded', kind: 'build' }),
    ]
    for (const run of past) await server.storage.runs.record({ run, messages: [], steps: [aStep(run, 'a')] })
    const found = async (query: object) => {
      const { runs } = await server.client.call(listRuns, { query: { flow_id: id, ...query } })
      return runs.map((run) => past.findIndex((one) => one.id === run.id)).sort()
    }
    expect(await found({ status: 'succeeded' })).toEqual([1, 2])
    expect(await found({ kind: ['webhook'] })).toEqual([0, 1])
    expect(await found({ kind: ['run', 'webhook', 'build'], status: 'failed' })).toEqual([0])
    expect(await found({ since: '2026-02-01T02:00:00Z', until: '2026-02-01T02:30:00Z' })).toEqual([1])
    const ids = past.slice(0, 2).map((run) => run.id)
    await expect(eve.client.call(deleteRuns, { body: ids })).resolves.toEqual({ deleted: 0 })
    await expect(server.client.call(deleteRuns, { body: [...ids, newId()] })).resolves.toEqual({ deleted: 2 })
    expect(await found({})).toEqual([2])
    expect(await server.storage.runs.steps(server.user.id, ids[0] ?? '')).toEqual([])
  })

  test('are found by version, key, length, tokens, cost and words', async () => {
    const id = await stored()
    const keyId = newId()
    const past = [
      aRun(server.user.id, id, { published: 3, said: 'Tea?', answered: 'Green' }),
      aRun(server.user.id, id, { startedAt: 1000, endedAt: 6000, error: 'No kettle', keyId }),
      aRun(server.user.id, id, { inputTokens: 40, outputTokens: 2, cost: 2_500_000_000, unpricedTokens: 5 }),
    ]
    for (const run of past) await server.storage.runs.record({ run, messages: [], steps: [] })
    const found = async (query: object) => {
      const { runs } = await server.client.call(listRuns, { query: { flow_id: id, ...query } })
      return runs.map((run) => past.findIndex((one) => one.id === run.id)).sort()
    }
    expect(await found({ version: 3 })).toEqual([0])
    expect(await found({ version: 'draft' })).toEqual([1, 2])
    expect(await found({ key_id: keyId })).toEqual([1])
    expect(await found({ key_id: 'none' })).toEqual([0, 2])
    expect(await found({ min_duration: 5000 })).toEqual([1])
    expect(await found({ min_tokens: 42 })).toEqual([2])
    expect(await found({ min_cost: 2.5 })).toEqual([2])
    expect(await found({ min_cost: 2.51 })).toEqual([])
    expect(await found({ input: 'tea' })).toEqual([0])
    expect(await found({ output: 'tea' })).toEqual([])
    expect(await found({ error: 'kettle' })).toEqual([1])
    const { runs } = await server.client.call(listRuns, { query: { flow_id: id, min_tokens: 42 } })
    expect(runs).toMatchObject([{ cost: 2.5, unpriced_tokens: 5 }])
    expect((await get('runs?min_cost=much')).statusCode).toBe(422)
  })

  test('tell of each step what it was given and gave', async () => {
    const id = await stored(prompt())
    await run(id, 'hello')
    const { runs } = await server.client.call(listRuns, { query: { flow_id: id } })
    const { steps } = await server.client.call(readRun, { params: { run_id: runs[0]?.id ?? '' } })
    expect(steps[1]).toMatchObject({
      component_id: 'Prompt-fill',
      inputs: { template: 'Q: {question}', question: 'hello' },
      outputs: { prompt: { message: 'Q: hello', type: 'text' } },
      token_usage: null,
    })
  })

  test('of another user are as if they did not exist', async () => {
    const id = await stored(prompt())
    await run(id, 'mine')
    const { runs } = await server.client.call(listRuns, { query: { flow_id: id } })
    expect((await eve.client.call(listRuns, {})).runs).toEqual([])
    const { flows } = await server.client.call(listFlowRuns, {})
    expect(flows.find(({ flow_id }) => flow_id === id)).toEqual({ flow_id: id, runs: runs.length, last: runs[0] })
    expect(await eve.client.call(listFlowRuns, {})).toEqual({ flows: [] })
    for (const run_id of [runs[0]?.id ?? '', newId()]) {
      await expect(eve.client.call(readRun, { params: { run_id } })).rejects.toMatchObject({
        status: 404,
        detail: 'Run not found',
      })
    }
    expect((await get('runs/not-an-id')).statusCode).toBe(422)
  })
})
