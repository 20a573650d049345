import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { chatChunk, streamText } from '@runnel/testing/chat-stream'
import { flow } from '@runnel/testing/flow-builder'
import { providerServer, reply, replyCut, replyHanging, replyStream } from '@runnel/testing/provider-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { component, echoFlow } from '../test-flows.ts'
import {
  answered,
  bodyOf,
  callWorkflow,
  declaringFlow,
  failure,
  published,
  titled,
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
const says = (...pieces: readonly string[]) => streamText(pieces)

describe('the examples of the documentation', () => {
  test.each([
    [{ url: 'http://example.com/image.jpg' }, 'http://example.com/image.jpg'],
    [{ text: '需要处理的文本内容' }, '需要处理的文本内容'],
    [{ 输入: '在吗?' }, '在吗?'],
    [{ phone: '13800138000' }, '13800138000'],
  ])('%j is answered', async (input, output) => {
    const id = await published(server, echoFlow())
    const response = await call(id, { input })
    expect(response.headers.get('content-type')).toBe('application/json')
    const text = await response.text()
    expect(text.startsWith(`{"output":${JSON.stringify(output)},"total_time":`)).toBe(true)
    expect(JSON.parse(text)).toEqual({
      output,
      total_time: expect.any(Number),
      session_id: expect.any(String),
      run_id: expect.any(String),
      version: 1,
    })
  })

  test('are curl lines that work as they are printed', async () => {
    const id = await published(server, echoFlow())
    const curl = (...more: readonly string[]) =>
      promisify(execFile)('curl', [
        ...['-s', '--location', '--request', 'POST', `${server.base}/v1/api/workflow/run/${id}`],
        ...['--header', `X-API-KEY: ${server.apiKey}`, ...more],
      ])
    const plain = await curl('--data-raw', '{"input":{"输入":"在吗?"}}')
    expect(JSON.parse(plain.stdout)).toMatchObject({ output: '在吗?' })
    const streamed = await curl('--data-raw', '{"input":{"输入":"在吗?"},"stream":true}')
    expect(streamed.stdout).toMatch(/^event:msg\ndata:\{"Node":/)
    expect(streamed.stdout).toContain('\n\nevent:output\ndata:{"output":"在吗?","total_time":')
  })

  test('stream what a model thinks apart from what it says', async () => {
    const thinks = chatChunk({ reasoning_content: '想' })
    await using provider = await providerServer(
      replyStream(thinks, chatChunk({ content: '嗯' }), chatChunk({}, 'stop'), 'data: [DONE]\n\n'),
    )
    const id = await published(server, titledModelFlow(provider.url))
    const text = await (await call(id, { input: { 输入: '在吗?' }, stream: true })).text()
    const told = text.split('\n\n').filter((record) => record.startsWith('event:stream'))
    expect(told).toEqual([
      'event:stream\ndata:{"Content":"","Node":"OpenAIModel-llm","Reasoning":"想"}',
      'event:stream\ndata:{"Content":"嗯","Node":"OpenAIModel-llm","Reasoning":null}',
    ])
  })

  test('stream byte for byte as they are documented', async () => {
    await using provider = await providerServer(says('嗯', ',在呢。'))
    const id = await published(server, titledModelFlow(provider.url))
    const response = await call(id, { input: { 输入: '在吗?' }, stream: true })
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    expect(response.headers.get('cache-control')).toBe('no-cache')
    expect(response.headers.get('x-accel-buffering')).toBe('no')
    const text = (await response.text()).replace(/("time_spend"|"total_time"):[\d.e-]+/g, '$1:0')
    const msg = (node: string, said: string, type: string, data: string) =>
      `event:msg\ndata:{"Node":"${node}","Msg":"${said}","Type":"${type}","Data":${data}}\n\n`
    const [ask, llm, say] = ['ChatInput-myinput', 'OpenAIModel-llm', 'ChatOutput-end']
    const spent = '{"time_spend":0}'
    expect(text).toBe(
      [
        msg(ask, 'start', 'start', '{"输入":"在吗?"}'),
        msg(ask, 'Start node 开始, type in', 'start_node', 'null'),
        msg(ask, 'Finish node 开始, type in', 'finish_node', spent),
        msg(llm, 'Start node LLM1, type llm', 'start_node', 'null'),
        `event:stream\ndata:{"Content":"嗯","Node":"${llm}","Reasoning":null}\n\n`,
        `event:stream\ndata:{"Content":",在呢。","Node":"${llm}","Reasoning":null}\n\n`,
        msg(llm, 'Finish node LLM1, type llm', 'finish_node', spent),
        msg(say, 'Start node 结束(输出)1, type out', 'start_node', 'null'),
        msg(say, 'Finish node 结束(输出)1, type out', 'finish_node', spent),
        `event:output\ndata:{"output":"嗯,在呢。","total_time":0}\n\n`,
      ].join(''),
    )
  })
})

describe('what a call gives', () => {
  test('goes to inputs by name, node id and label; what is left over is told', async () => {
    const data = flow(
      {
        one: titled('TextInput', 'Überschrift'),
        two: titled('TextInput', 'Body', { input_value: 'usual' }),
        join: { component: component('CombineText'), set: { delimiter: '|' } },
        say: component('ChatOutput'),
      },
      ['one.text -> join.text1', 'two.text -> join.text2', 'join.combined_text -> say.input_value'],
    )
    const id = await published(server, data)
    const given = async (input: object) => {
      const response = await call(id, { input })
      return [(await bodyOf(response)).output, response.headers.get('x-ignored-inputs')]
    }
    expect(await given({ U\u0308berschrift: 'a' })).toEqual(['a|usual', null])
    expect(await given({ 'TextInput-one': 1, Body: true, 额外: 1, 'a b': 2 })).toEqual([
      '1|true',
      '%E9%A2%9D%E5%A4%96,a%20b',
    ])
    expect(await given({ Überschrift: { a: [1] }, Body: null })).toEqual(['{"a":[1]}|usual', null])
    expect(await answered(await call(id, { input: {} }))).toEqual([
      400,
      failure('missing_field', 'Überschrift is required.', { fields: ['Überschrift'] }),
    ])
  })

  test('may have keys that are no proper text', async () => {
    const two = flow(
      {
        one: titled('TextInput', 'One', { input_value: 'x' }),
        two: titled('TextInput', 'Two'),
        say: component('ChatOutput'),
      },
      ['one.text -> say.input_value', 'two.text -> say.input_value'],
    )
    const response = await call(await published(server, two), '{"input":{"Two":"a","\\ud800":1,"__proto__":{"x":1}}}')
    expect([response.status, response.headers.get('x-ignored-inputs')]).toEqual([200, '%EF%BF%BD'])
  })

  test('is the JSON of a webhook', async () => {
    const data = flow({ hook: component('Webhook'), say: component('ChatOutput') }, [
      'hook.output_data -> say.input_value',
    ])
    const [status, { output }] = await answered(await call(await published(server, data), { input: { any: { a: 1 } } }))
    expect([status, output]).toEqual([200, expect.stringContaining('"a": 1')])
  })

  test('is checked against what the flow declares, before anything runs', async () => {
    const fields = [
      { name: '数量', type: 'integer', required: true },
      { name: 'price', type: 'number', required: 'true' },
      { name: 'who', type: 'object' },
      { name: 'tags', type: 'list', default: '["a"]' },
      { name: 'really', type: 'boolean', default: 'false' },
    ]
    const id = await published(server, declaringFlow(fields))
    const wrong = (field: string, what: string) => ({ field, code: 'wrong_type', message: `${field} must be ${what}` })
    const input = { 数量: 1.5, who: [], tags: {}, really: 'yes' }
    expect(await answered(await call(id, { input }))).toEqual([
      400,
      failure(
        'invalid_field',
        '数量 must be a whole number; who must be an object; tags must be a list; really must be true or false; price is required.',
        {
          fields: ['数量', 'who', 'tags', 'really', 'price'],
          problems: [
            wrong('数量', 'a whole number'),
            wrong('who', 'an object'),
            wrong('tags', 'a list'),
            wrong('really', 'true or false'),
            { field: 'price', code: 'missing', message: 'price is required' },
          ],
        },
      ),
    ])
    expect(await server.storage.runs.list({ userId: server.user.id, flowId: id })).toEqual([])
    const [status, { output }] = await answered(await call(id, { input: { 数量: 2, price: 9.5 } }))
    expect(status).toBe(200)
    expect(JSON.parse(String(output).replace(/```(json)?/g, ''))).toEqual({
      数量: 2,
      price: 9.5,
      who: null,
      tags: ['a'],
      really: false,
    })
  })

  test('belongs to a conversation when it names one', async () => {
    const id = await published(server, echoFlow())
    const session = async (body: object) => (await bodyOf(await call(id, { input: { a: 'b' }, ...body }))).session_id
    expect(await session({ session_id: 'mine' })).toBe('mine')
    expect(await session({})).not.toBe(await session({}))
  })

  test('of a public flow is a conversation of its own for each user', async () => {
    const data = flow({ ask: component('ChatInput'), memory: component('Memory'), say: component('ChatOutput') }, [
      'memory.messages_text -> say.input_value',
    ])
    const id = await published(server, data, { access_type: 'PUBLIC' })
    const eve = await server.person('eve')
    const tell = async (text: string, apiKey: string) =>
      bodyOf(await call(id, { input: { a: text }, session_id: 'ours' }, { headers: { 'x-api-key': apiKey } }))
    await tell('my secret', server.apiKey)
    const heard = await tell('hello', eve.apiKey)
    expect(heard).toMatchObject({ session_id: 'ours', output: expect.any(String) })
    expect(heard.output).not.toContain('my secret')
    expect((await tell('again', server.apiKey)).output).toContain('my secret')
  })

  test('may be a published version', async () => {
    const id = await published(server, echoFlow())
    expect(await answered(await call(id, { input: { a: 'b' }, version: 1 }))).toMatchObject([200, { version: 1 }])
    expect(await answered(await call(id, { input: { a: 'b' }, version: 2 }))).toMatchObject([
      404,
      { error: { code: 'workflow_not_published' } },
    ])
  })
})

test('several outputs are an object by their names', async () => {
  const data = flow({ ask: component('ChatInput'), one: titled('ChatOutput', '一'), two: titled('TextOutput', '二') }, [
    'ask.message -> one.input_value',
    'ask.message -> two.input_value',
  ])
  const [, { output }] = await answered(await call(await published(server, data), { input: { a: 'hello' } }))
  expect(output).toEqual({ 一: 'hello', 二: 'hello' })
})

describe('a call is refused', () => {
  test.each([
    ['', 'invalid_json'],
    ['{"input":', 'invalid_json'],
    ['[]', 'missing_input'],
    ['{}', 'missing_input'],
    ['{"input":"text"}', 'missing_input'],
    ['{"input":null}', 'missing_input'],
    ['{"input":{"a":"b"},"stream":"yes"}', 'invalid_field'],
    ['{"input":{"a":"b"},"version":0}', 'invalid_field'],
  ])('for the body %s', async (body, code) => {
    const response = await call(await published(server, echoFlow()), body)
    const { error, detail } = await bodyOf(response)
    expect([response.status, error]).toEqual([400, { code, message: detail, details: error?.details }])
  })

  test('without a key of an active owner, auto login or not', async () => {
    const open = await workflowServer({ env: { LANGFLOW_AUTO_LOGIN: 'true', LANGFLOW_SUPERUSER: 'ada' } })
    const id = await published(open, echoFlow())
    const refused = [401, failure('invalid_api_key', 'Invalid or missing API key')]
    for (const headers of [{ 'x-api-key': '' }, { 'x-api-key': 'sk-wrong' }]) {
      const response = await call(id, { input: { a: 'b' } }, { headers }, open)
      expect(response.headers.get('www-authenticate')).toBe('Bearer')
      expect(await answered(response)).toEqual(refused)
    }
    const bearer = { 'x-api-key': '', authorization: `Bearer ${open.apiKey}` }
    expect((await call(id, { input: { a: 'b' } }, { headers: bearer }, open)).status).toBe(200)
    const query = `${open.base}/v1/api/workflow/run/${id}?x-api-key=${open.apiKey}`
    expect((await fetch(query, { method: 'POST', body: '{"input":{"a":"b"}}' })).status).toBe(200)
    await open.close()
  })

  test('for what is unknown, not published, or somebody else’s', async () => {
    const bob = await server.person('bob')
    const id = await published(server, echoFlow())
    const asBob = { headers: { 'x-api-key': bob.apiKey } }
    const nowhere = '00000000-0000-4000-8000-000000000000'
    expect(await answered(await call(id, { input: { a: 'b' } }, asBob))).toEqual([
      404,
      failure('workflow_not_found', `Workflow ${id} not found`),
    ])
    expect(await answered(await call(nowhere, { input: { a: 'b' } }))).toEqual([
      404,
      failure('workflow_not_found', `Workflow ${nowhere} not found`),
    ])
    await fetch(`${server.base}/api/v1/publications/${id}`, {
      method: 'DELETE',
      headers: { 'x-api-key': server.apiKey },
    })
    expect(await answered(await call(id, { input: { a: 'b' } }))).toEqual([
      404,
      failure('workflow_not_published', `Workflow ${id} is not published`),
    ])
  })

  test('by another method, on another path, and with a body that is too large', async () => {
    const id = await published(server, echoFlow())
    const get = await fetch(`${server.base}/v1/api/workflow/run/${id}`)
    expect([get.headers.get('allow'), ...(await answered(get))]).toEqual([
      'POST',
      405,
      failure('method_not_allowed', 'Method Not Allowed'),
    ])
    expect(await answered(await fetch(`${server.base}/v1/api/nothing`))).toEqual([
      404,
      failure('not_found', 'Not Found'),
    ])
    const large = await server.app.inject({
      method: 'POST',
      url: `/v1/api/workflow/run/${id}`,
      headers: { 'x-api-key': server.apiKey },
      payload: Buffer.alloc(16 * 1024 * 1024 + 1, 'a'),
    })
    expect([large.statusCode, large.json().error.code]).toEqual([413, 'content_too_large'])
  })

  test('when too many run, and while the server ends', async () => {
    await using provider = await providerServer(replyHanging())
    const small = await workflowServer({ env: { RUNNEL_MAX_WORKFLOW_CALLS: '1' } })
    const id = await published(small, titledModelFlow(provider.url))
    const leave = new AbortController()
    const first = call(id, { input: { a: 'b' } }, { signal: leave.signal }, small).catch(() => {})
    await expect.poll(() => provider.requests.length).toBe(1)
    const second = await call(id, { input: { a: 'b' } }, {}, small)
    expect([second.headers.get('retry-after'), ...(await answered(second))]).toEqual([
      '1',
      503,
      failure('busy', 'Too many calls are running. Try again later.'),
    ])
    leave.abort()
    await first
    small.lifecycle.drain()
    expect(await answered(await call(id, { input: { a: 'b' } }, {}, small))).toMatchObject([503, {}])
    await small.close()
  })
})

describe('a run that fails', () => {
  test('is a 500 that names the node', async () => {
    await using provider = await providerServer(reply({ error: { message: 'no' } }, { status: 404 }))
    const id = await published(server, titledModelFlow(provider.url))
    expect(await answered(await call(id, { input: { a: 'b' } }))).toEqual([
      500,
      failure('run_failed', expect.stringContaining('LLM1'), {
        node: 'OpenAIModel-llm',
        title: 'LLM1',
        cause: 'model_error',
      }),
    ])
  })

  test('ends its stream with an error', async () => {
    await using provider = await providerServer(replyCut(chatChunk({ content: 'Half an ans' })))
    const id = await published(server, titledModelFlow(provider.url))
    const text = await (await call(id, { input: { a: 'b' }, stream: true })).text()
    const [last = ''] = text.split('\n\n').filter(Boolean).slice(-1)
    expect(last.startsWith('event:error\ndata:{"Node":"OpenAIModel-llm","Msg":"')).toBe(true)
    expect(JSON.parse(last.slice(last.indexOf('data:') + 5))).toEqual({
      Node: 'OpenAIModel-llm',
      Msg: expect.stringContaining('LLM1'),
      Type: 'error',
      Data: { code: 'node_failed', time_spend: expect.any(Number) },
    })
    expect(text.match(/event:(error|output)/g)).toHaveLength(1)
  })

  test('for want of time is a 504, or an error at the end of the stream', async () => {
    await using provider = await providerServer(replyHanging())
    const slow = await workflowServer({ env: { RUNNEL_WORKFLOW_TIMEOUT_SECONDS: '1' } })
    const id = await published(slow, titledModelFlow(provider.url))
    expect(await answered(await call(id, { input: { a: 'b' } }, {}, slow))).toMatchObject([
      504,
      { error: { code: 'timeout' } },
    ])
    // On a busy machine the time may be over before the first record, and then the status still tells.
    const streamed = async () => (await call(id, { input: { a: 'b' }, stream: true }, {}, slow)).text()
    await expect.poll(streamed).toMatch(/event:error\ndata:.*"code":"timeout".*\n\n$/)
    await slow.close()
  })
})

test.each([false, true])('a client that leaves ends its run (stream: %s)', async (stream) => {
  await using provider = await providerServer(replyHanging(chatChunk({ content: 'So far' })))
  const id = await published(server, titledModelFlow(provider.url))
  const leave = new AbortController()
  const asked = call(id, { input: { a: 'b' }, stream }, { signal: leave.signal })
  await expect.poll(() => provider.requests.length).toBe(1)
  if (stream) {
    const reader = (await asked).body?.pipeThrough(new TextDecoderStream()).getReader()
    for (let read = ''; !read.includes('So far'); ) read += (await reader?.read())?.value ?? ''
  }
  leave.abort()
  await asked.catch(() => {})
  await provider.requests[0]?.closed
  const owner = { userId: server.user.id, flowId: id }
  await expect.poll(async () => (await server.storage.runs.list(owner))[0]?.status).toBe('cancelled')
})

describe('a published flow describes itself', () => {
  const get = (path: string) =>
    fetch(`${server.base}/v1/api/workflow/${path}`, { headers: { 'x-api-key': server.apiKey } })

  test('as OpenAPI and as TypeScript', async () => {
    const id = await published(
      server,
      declaringFlow([
        { name: '数量', type: 'integer', required: true, description: 'How many' },
        { name: 'a b', type: 'list' },
      ]),
    )
    const api = JSON.parse(await (await get(`${id}/openapi.json`)).text())
    expect(
      api.paths[`/v1/api/workflow/run/${id}`].post.requestBody.content['application/json'].schema.properties.input,
    ).toEqual({
      type: 'object',
      properties: {
        数量: { type: 'integer', title: '数量', description: 'How many' },
        'a b': { type: 'array', title: 'a b' },
      },
      required: ['数量'],
    })
    const types = await (await get(`${id}/types.ts?version=1`)).text()
    expect(types).toContain('  /** How many */\n  readonly 数量: number\n  readonly "a b"?: unknown[]\n')
    expect(types).toContain('export type WorkflowOutput = string\n')
    expect(await answered(await get(`${id}/types.ts?version=7`))).toMatchObject([
      404,
      { error: { code: 'workflow_not_published' } },
    ])
  })
})
