import { newId } from '@runnel/protocol/id'
import { runFlow } from '@runnel/protocol/runs'
import { chatChunk, streamText } from '@runnel/testing/chat-stream'
import { flow } from '@runnel/testing/flow-builder'
import { providerServer, reply, replyCut } from '@runnel/testing/provider-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { component, echoFlow } from '../test-flows.ts'
import { chatWith, promptFlow, type RunsServer, runsServer, textOf } from './test-runs.ts'

const chatInput = component('ChatInput')
const chatOutput = component('ChatOutput')

let server: RunsServer
beforeAll(async () => {
  server = await runsServer()
})
afterAll(() => server.close())

/** The records of a streamed run. */
function recordsOf(text: string): readonly { readonly event: string; readonly data: Record<string, never> }[] {
  return text
    .split('\n\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}

const completion = (content: string) => ({
  id: 'c-1',
  object: 'chat.completion',
  created: 1,
  model: 'gpt-4o-mini',
  choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
})

describe('a plain run', () => {
  test('answers with the result of the chat output, in all its forms', async () => {
    const id = await server.stored(echoFlow())
    const answer = await server.run(id, { input_value: 'Hi there', session_id: 'chat-1' })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toBe('application/json')
    const body = answer.json()
    expect(body).toMatchObject({ session_id: 'chat-1', outputs: [{ inputs: { input_value: 'Hi there' } }] })
    const [result] = body.outputs[0].outputs
    expect(result).toMatchObject({
      component_display_name: 'Chat Output',
      component_id: 'ChatOutput-say',
      used_frozen_result: false,
      timedelta: null,
      duration: null,
      artifacts: { message: 'Hi there', sender: 'Machine', sender_name: 'AI', files: [], type: 'object' },
      outputs: { message: { message: 'Hi there', type: 'text' } },
      logs: { message: [] },
      messages: [
        {
          message: 'Hi there',
          sender: 'Machine',
          sender_name: 'AI',
          session_id: 'chat-1',
          stream_url: null,
          component_id: 'ChatOutput-say',
          files: [],
          type: 'text',
        },
      ],
    })
    const said = result.results.message
    expect(said).toMatchObject({
      text: 'Hi there',
      sender: 'Machine',
      sender_name: 'AI',
      session_id: 'chat-1',
      flow_id: id,
      component_id: 'ChatOutput-say',
      text_key: 'text',
      default_value: '',
    })
    expect(said.data).toMatchObject({
      text: 'Hi there',
      properties: {
        source: { id: 'ChatInput-ask', display_name: 'Chat Input', source: 'Chat Input' },
        state: 'complete',
      },
    })
    expect(said.data.timestamp).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/)
    expect(said.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/)
  })

  test('finds a flow by its endpoint name, with or without a body', async () => {
    await server.stored(echoFlow(), { endpoint_name: 'my-echo' })
    expect(textOf(await server.run('my-echo', { input_value: 'by name' }))).toBe('by name')
    const bare = await server.run('my-echo')
    expect(bare.json()).toMatchObject({ outputs: [{ inputs: {} }] })
    expect(textOf(bare)).toBe('')
  })

  test('takes the fields from input_request, and message as another name of the input', async () => {
    const id = await server.stored(echoFlow())
    expect(textOf(await server.run(id, { input_request: { input_value: 'wrapped' }, context: {} }))).toBe('wrapped')
    expect(textOf(await server.run(id, { message: 'Tell me something interesting!' }))).toBe(
      'Tell me something interesting!',
    )
  })

  test('reads JSON under any content type', async () => {
    const id = await server.stored(echoFlow())
    const answer = await server.run(id, { input_value: 'form?' }, '', {
      'content-type': 'application/x-www-form-urlencoded',
    })
    expect(textOf(answer)).toBe('form?')
  })

  test("keeps the run's messages, steps and state under the session, the flow's id unless given", async () => {
    const id = await server.stored(promptFlow())
    expect((await server.run(id, { input_value: 'why' })).json().session_id).toBe(id)
    const messages = await server.storage.messages.find({ userId: server.user.id, flowId: id, sessionId: id })
    expect(messages.map(({ sender, text, properties }) => [sender, text, properties.build_duration])).toEqual([
      ['User', 'why', null],
      ['Machine', 'Q: why', expect.any(Number)],
    ])
    const [kept] = await server.storage.runs.list({ userId: server.user.id, flowId: id })
    expect(kept).toMatchObject({ status: 'succeeded', sessionId: id, kind: 'run', error: null })
    const steps = await server.storage.runs.steps(server.user.id, kept?.id ?? '')
    expect(steps.map(({ nodeId, targetId, valid }) => [nodeId, targetId, valid])).toEqual([
      ['ChatInput-ask', 'Prompt-fill', true],
      ['Prompt-fill', 'ChatOutput-say', true],
      ['ChatOutput-say', null, true],
    ])
  })

  test('chooses outputs by type, component and debug', async () => {
    const id = await server.stored(promptFlow())
    const idsFor = async (body: object) =>
      (await server.run(id, { input_value: 'x', ...body }))
        .json()
        .outputs[0].outputs.map((result: { component_id: string }) => result.component_id)
    expect(await idsFor({ output_type: 'any' })).toEqual(['ChatOutput-say'])
    expect(await idsFor({ output_type: 'text' })).toEqual(['ChatOutput-say'])
    expect(await idsFor({ output_type: 'debug' })).toEqual(['ChatInput-ask', 'Prompt-fill', 'ChatOutput-say'])
    expect(await idsFor({ output_component: 'Prompt-fill' })).toEqual(['Prompt-fill'])
    expect(await idsFor({ output_component: 'Chat Output' })).toEqual(['ChatOutput-say'])
    expect(await idsFor({ output_component: 'chat_output' })).toEqual([])
  })

  test('gives the input to nodes of its type only', async () => {
    const data = flow(
      {
        ask: chatInput,
        note: { component: component('TextInput'), set: { input_value: 'stored note' } },
        say: component('TextOutput'),
      },
      ['note.text -> say.input_value'],
    )
    const id = await server.stored(data)
    const answer = await server.run(id, { input_value: 'mine', input_type: 'text', output_type: 'text' })
    expect(answer.json().outputs[0].outputs[0].results.text.text).toBe('mine')
    const other = await server.run(id, { input_value: 'mine', input_type: 'chat', output_type: 'text' })
    expect(other.json().outputs[0].outputs[0].results.text.text).toBe('stored note')
  })
})

describe('tweaks', () => {
  test('reach nodes by id, display name and type, and every node by field name', async () => {
    const id = await server.stored(promptFlow())
    const tweaked = async (tweaks: object) => textOf(await server.run(id, { input_value: 'x', tweaks }))
    expect(await tweaked({ 'Prompt-fill': { template: 'id {question}' } })).toBe('id x')
    expect(await tweaked({ 'Prompt Template': { template: 'name {question}' } })).toBe('name x')
    expect(await tweaked({ Prompt: { template: 'type {question}' } })).toBe('type x')
    expect(await tweaked({ template: 'all {question}' })).toBe('all x')
    expect(await tweaked({ component_id: { parameter_name: 'value' }, nothing: 1 })).toBe('Q: x')
    expect(await tweaked({ 'Prompt-fill': { code: 'import os', template: 'kept' } })).toBe('kept')
  })

  test('may carry the input themselves, but not besides input_value', async () => {
    const id = await server.stored(echoFlow())
    const tweaks = { 'ChatInput-ask': { input_value: 'from the tweak' } }
    expect(textOf(await server.run(id, { tweaks }))).toBe('from the tweak')
    for (const query of ['', '?stream=true']) {
      const twice = await server.run(id, { input_value: 'x', tweaks }, query)
      expect(twice.statusCode).toBe(400)
      expect(twice.json()).toEqual({
        detail: 'If you pass an input_value to the chat input, you cannot pass a tweak with the same name.',
      })
    }
  })

  test('leave the stored flow and the server as they are, whatever their keys', async () => {
    const id = await server.stored(promptFlow())
    const body =
      '{"input_value":"x","tweaks":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"Prompt-fill":{"__proto__":{"template":"bad"},"template":"once {question}"}}}'
    expect(textOf(await server.run(id, body))).toBe('once x')
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
    expect(textOf(await server.run(id, { input_value: 'x' }))).toBe('Q: x')
  })
})

describe('a streamed run', () => {
  test('sends one ASCII record per event in Python spacing, then both forms of the result', async () => {
    const id = await server.stored(echoFlow())
    const answer = await server.run(id, { input_value: '你好', session_id: 's' }, '?stream=true')
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toBe('text/event-stream; charset=utf-8')
    expect(answer.body).toMatch(/^\{"event": "add_message", "data": \{"timestamp": "/)
    expect(answer.body).toMatch(/^[\0-\x7f]*\}\n\n$/)
    const records = recordsOf(answer.body)
    expect(records.map(({ event }) => event)).toEqual(['add_message', 'add_message', 'end'])
    expect(records[0]?.data).toMatchObject({ sender: 'User', text: '你好', session_id: 's' })
    expect(records.at(-1)?.data).toMatchObject({
      result: { session_id: 's', message: '你好', outputs: [{ inputs: { input_value: '你好' } }] },
    })
  })

  test('passes tokens on between an empty opening message and the whole one', async () => {
    await using upstream = await providerServer(streamText(['Once', ' upon', ' a']))
    const id = await server.stored(chatWith(upstream.url))
    const records = recordsOf((await server.run(id, { input_value: 'tell', session_id: 's' }, '?stream=true')).body)
    expect(records.map(({ event }) => event)).toEqual([
      'add_message',
      'add_message',
      'token',
      'token',
      'token',
      'add_message',
      'end',
    ])
    const [, opening, first] = records
    expect(opening?.data).toMatchObject({ sender: 'Machine', text: '', properties: { state: 'partial' } })
    expect(first?.data).toEqual({ chunk: 'Once', id: opening?.data.id, timestamp: opening?.data.timestamp })
    expect(
      records
        .filter(({ event }) => event === 'token')
        .map(({ data }) => data.chunk)
        .join(''),
    ).toBe('Once upon a')
    expect(records.at(-2)?.data).toMatchObject({
      id: opening?.data.id,
      text: 'Once upon a',
      properties: { state: 'complete', source: { source: 'gpt-4o-mini' } },
    })
    const kept = await server.storage.messages.find({ userId: server.user.id, flowId: id })
    expect(kept.map(({ text, properties }) => [text, properties.state])).toEqual([
      ['tell', 'complete'],
      ['Once upon a', 'complete'],
    ])
  })

  test('ends with one error when the model breaks off, and keeps what was said', async () => {
    await using upstream = await providerServer(
      replyCut(chatChunk({ content: 'Once' }), chatChunk({ content: ' upon' })),
    )
    const id = await server.stored(chatWith(upstream.url))
    const records = recordsOf((await server.run(id, { input_value: 'tell' }, '?stream=true')).body)
    expect(records.map(({ event }) => event)).toEqual(['add_message', 'add_message', 'token', 'token', 'error'])
    expect(records.at(-1)?.data).toMatchObject({
      code: 'model_error',
      status: 500,
      error: expect.stringContaining('Error building Component OpenAI'),
    })
    const kept = await server.storage.messages.find({ userId: server.user.id, flowId: id, includeErrors: true })
    expect(kept).toContainEqual(
      expect.objectContaining({
        text: 'Once upon',
        error: true,
        properties: expect.objectContaining({ state: 'partial' }),
      }),
    )
    expect((await server.storage.runs.list({ userId: server.user.id, flowId: id }))[0]).toMatchObject({
      status: 'failed',
      errorCode: 'model_error',
      failedNodeId: 'OpenAIModel-model',
    })
  })

  test('answers with a plain status when it fails before the first record', async () => {
    const silent = flow(
      {
        ask: { component: chatInput, set: { should_store_message: false } },
        fill: { component: component('ParserComponent') },
        say: chatOutput,
      },
      ['ask.message -> fill.input_data', 'fill.parsed_text -> say.input_value'],
    )
    const answer = await server.run(await server.stored(silent), { input_value: 'x' }, '?stream=true')
    expect(answer.statusCode).toBe(500)
    expect(JSON.parse(answer.json().detail)).toMatchObject({ code: 'component_failed' })
  })
})

describe('the advanced run', () => {
  test('runs once per input and leaves nulls out', async () => {
    const id = await server.stored(echoFlow())
    const answer = await server.post(`/api/v1/run/advanced/${id}`, {
      inputs: [
        { input_value: 'one', type: 'chat' },
        { input_value: 'two', components: ['Chat Input'], session: 's-2' },
      ],
    })
    expect(answer.statusCode).toBe(200)
    expect(
      answer
        .json()
        .outputs.map(
          (one: { outputs: { results: { message: { text: string } } }[] }) => one.outputs[0]?.results.message.text,
        ),
    ).toEqual(['one', 'two'])
    expect(answer.body).not.toContain(':null')
    expect((await server.post(`/api/v1/run/advanced/${id}`)).statusCode).toBe(200)
    expect((await server.post(`/api/v1/run/advanced/${id}`, { inputs: [{ extra: 1 }] })).statusCode).toBe(422)
    expect((await server.post(`/api/v1/run/advanced/${newId()}`, {})).statusCode).toBe(404)
  })

  test('refuses an input that is given twice, and says why a flow failed', async () => {
    const id = await server.stored(echoFlow())
    const twice = {
      inputs: [{ input_value: 'x', type: 'chat' }],
      tweaks: { 'ChatInput-ask': { input_value: 'y' } },
    }
    expect((await server.post(`/api/v1/run/advanced/${id}`, twice)).statusCode).toBe(400)
    const { nodes, edges } = echoFlow()
    const broken = await server.stored({ nodes: [...nodes, nodes[0]], edges })
    const answer = await server.post(`/api/v1/run/advanced/${broken}`, {})
    expect(answer.statusCode).toBe(500)
    expect(answer.json().detail).toContain('ChatInput-ask')
  })
})

describe('the run of a session', () => {
  const session = (id: string, body: unknown) => server.post(`/api/v1/run/session/${id}`, body)

  test('is a run like any other', async () => {
    const id = await server.stored(echoFlow())
    expect(textOf(await session(id, { input_value: 'hi' }))).toBe('hi')
    const twice = { input_value: 'hi', tweaks: { 'ChatInput-ask': { input_value: 'y' } } }
    expect((await session(id, twice)).statusCode).toBe(400)
    expect((await session(newId(), {})).statusCode).toBe(404)
    const { nodes, edges } = echoFlow()
    expect((await session(await server.stored({ nodes: [...nodes, nodes[0]], edges }), {})).statusCode).toBe(500)
  })
})

describe('who may run', () => {
  test("another user's flow is not found unless it is public", async () => {
    const bob = await server.person('bob')
    const secret = await server.stored(echoFlow(), {}, bob)
    const call = server.client.call(runFlow, { params: { flow_id_or_name: secret }, query: {}, body: {} })
    await expect(call).rejects.toMatchObject({ status: 404, detail: `Flow identifier ${secret} not found` })
    const open = await server.stored(echoFlow(), { access_type: 'PUBLIC' }, bob)
    expect((await server.run(open, { input_value: 'hi' })).statusCode).toBe(200)
  })

  test("a stranger cannot point a public flow at its owner's files, secrets or another address", async () => {
    const bob = await server.person('bert')
    const open = await server.stored(chatWith('http://127.0.0.1:9'), { access_type: 'PUBLIC' }, bob)
    for (const tweaks of [
      { 'OpenAIModel-model': { openai_api_base: 'http://127.0.0.1:8' } },
      { 'OpenAIModel-model': { api_key: 'sk-mine' } },
      { 'ChatInput-ask': { files: [`${bob.user.id}/private.png`] } },
      { files: `${bob.user.id}/private.png` },
      { 'Chat Output': { sender_name: { load_from_db: true, value: 'OPENAI_API_KEY' } } },
    ]) {
      expect((await server.run(open, { input_value: 'x', tweaks })).statusCode).toBe(403)
    }
  })

  test('keys are asked for before anything is looked up', async () => {
    for (const headers of [{}, { 'x-api-key': 'sk-wrong' }]) {
      const answer = await server.app.inject({ method: 'POST', url: `/api/v1/run/${newId()}`, headers, payload: '{}' })
      expect(answer.statusCode).toBe(403)
    }
  })
})

describe('variables', () => {
  const asking = (value: string) => {
    const built = flow({ note: { component: component('TextInput'), set: {} }, say: chatOutput }, [
      'note.text -> say.input_value',
    ])
    const [note] = built.nodes as unknown as {
      data: { node: { template: { input_value: Record<string, unknown> } } }
    }[]
    Object.assign(note?.data.node.template.input_value ?? {}, { value, load_from_db: true })
    return built
  }

  test("come from the request's headers, then from the user; a missing one is named", async () => {
    const id = await server.stored(asking('TONE'))
    const missing = await server.run(id, {})
    expect(missing.statusCode).toBe(500)
    expect(JSON.parse(missing.json().detail).message).toBe(
      'Error running graph: Error building Component Text Input: \n\nTONE variable not found.',
    )
    await server.post('/api/v1/variables/', { name: 'TONE', value: 'friendly', type: 'Generic' })
    expect(textOf(await server.run(id, {}))).toBe('friendly')
    expect(textOf(await server.run(id, {}, '', { 'X-LANGFLOW-GLOBAL-VAR-TONE': 'stern' }))).toBe('stern')
  })

  test('a tweak on such a field may be the value itself', async () => {
    const id = await server.stored(asking('NOT_SET'))
    expect(textOf(await server.run(id, { tweaks: { 'TextInput-note': { input_value: 'plain words' } } }))).toBe(
      'plain words',
    )
  })
})

test('a plain run sends the model one request and tells the tokens', async () => {
  await using upstream = await providerServer(reply(completion('Hello Ada')))
  const id = await server.stored(chatWith(upstream.url, { system_message: 'Be kind' }))
  const answer = await server.run(id, { input_value: 'Hi' })
  expect(textOf(answer)).toBe('Hello Ada')
  expect(upstream.requests.map(({ path, body }) => [path, body])).toEqual([
    [
      '/v1/chat/completions',
      expect.objectContaining({
        model: 'gpt-4o-mini',
        temperature: 0.1,
        messages: [
          { role: 'system', content: 'Be kind' },
          { role: 'user', content: 'Hi' },
        ],
      }),
    ],
  ])
  const [kept] = await server.storage.runs.list({ userId: server.user.id, flowId: id })
  expect(kept).toMatchObject({ inputTokens: 3, outputTokens: 2 })
})
