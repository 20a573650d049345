import { catalog } from '@runnel/components/catalog'
import { createApiKey } from '@runnel/protocol/api-keys'
import { isObject } from '@runnel/protocol/json'
import { createResponse } from '@runnel/protocol/responses'
import { streamText, streamToolCall } from '@runnel/testing/chat-stream'
import { type BuiltFlow, flow } from '@runnel/testing/flow-builder'
import { providerServer, reply, replyText } from '@runnel/testing/provider-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, type TestPerson, testApp } from '../test-app.ts'
import { agentFlow, component, echoFlow, modelFlow, storeFlow } from '../test-flows.ts'

let server: TestApp
let address: string
beforeAll(async () => {
  server = await testApp({ user: 'ada', components: catalog })
  address = await server.listen()
})
afterAll(() => server.close())

const post = (body: unknown, headers: Readonly<Record<string, string>> = { 'x-api-key': server.apiKey }) =>
  fetch(address + createResponse.path, { method: 'POST', headers, body: JSON.stringify(body) })

interface Answer {
  readonly id: string
  readonly output: readonly { readonly content?: readonly { readonly text: string }[] }[]
  readonly usage: unknown
  readonly previous_response_id: string | null
}
/** Asks as OpenAI's clients do, with the key as their token. @throws the error of a refusal */
async function respond(body: unknown, apiKey = server.apiKey, headers: Readonly<Record<string, string>> = {}) {
  const answer = await post(body, { authorization: `Bearer ${apiKey}`, ...headers })
  const given = (await answer.json()) as Answer & { readonly error: object | null }
  if (!answer.ok) throw Object.assign(new Error(JSON.stringify(given)), { status: answer.status, ...given.error })
  return given
}
const textOf = ({ output }: Answer) => output.at(-1)?.content?.[0]?.text

const stored = (data: BuiltFlow, more: object = {}, as: Pick<TestPerson, 'client'> = server) =>
  storeFlow(as, data, more)

const chat = { ask: component('ChatInput'), say: component('ChatOutput') }
const chatWith = (url: string) => modelFlow(url, { max_retries: 0 })

const usage = { prompt_tokens: 7, completion_tokens: 2, total_tokens: 9 }
const says = (...pieces: readonly string[]) => streamText(pieces, usage)
const gone = reply({ error: { message: 'The model is gone' } }, { status: 400 })
const calculates = streamToolCall('evaluate_expression', { expression: '6*7' })

interface Event {
  readonly event: string | undefined
  readonly data: Readonly<Record<string, unknown>> | '[DONE]'
}
async function eventsOf(body: object): Promise<readonly Event[]> {
  const answer = await post({ ...body, stream: true })
  expect(answer.headers.get('content-type')).toBe('text/event-stream')
  const records = (await answer.text()).split('\n\n').filter((record) => record !== '' && record !== ':')
  return records.map((record) => {
    const event = /^event: (.*)$/m.exec(record)?.[1]
    const data = /^data: (.*)$/m.exec(record)?.[1] ?? ''
    return { event, data: data === '[DONE]' ? data : JSON.parse(data) }
  })
}

describe('a whole answer', () => {
  test("has OpenAI's form, and the conversation as its id", async () => {
    const id = await stored(echoFlow())
    const answer = await post({ model: id, input: 'Hello' })
    expect(answer.status).toBe(200)
    const body = (await answer.json()) as { readonly id: string; readonly created_at: number }
    expect(Math.abs(body.created_at - Date.now() / 1000)).toBeLessThan(60)
    expect(body).toEqual({
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      object: 'response',
      created_at: expect.any(Number),
      status: 'completed',
      error: null,
      incomplete_details: null,
      instructions: null,
      max_output_tokens: null,
      model: id,
      output: [
        {
          type: 'message',
          id: `msg_${body.id}`,
          status: 'completed',
          role: 'assistant',
          content: [{ type: 'output_text', text: 'Hello', annotations: [] }],
        },
      ],
      parallel_tool_calls: true,
      previous_response_id: null,
      reasoning: { effort: null, summary: null },
      store: true,
      temperature: 1,
      text: { format: { type: 'text' } },
      tool_choice: 'auto',
      tools: [],
      top_p: 1,
      truncation: 'disabled',
      usage: null,
      user: null,
      metadata: {},
    })
  })

  test('tells the tokens that models read and wrote', async () => {
    await using provider = await providerServer(
      reply({ choices: [{ message: { content: 'Hi' }, finish_reason: 'stop' }], usage }),
    )
    const answer = await respond({ model: await stored(chatWith(provider.url)), input: 'Hello' })
    expect(answer.usage).toEqual({ input_tokens: 7, output_tokens: 2, total_tokens: 9 })
  })

  test('goes on with the conversation its caller names', async () => {
    const id = await stored(echoFlow(), { endpoint_name: 'desk' })
    const first = await respond({ model: 'desk', input: 'One' })
    const second = await respond({ model: id, input: 'Two', previous_response_id: first.id })
    expect([second.id, second.previous_response_id]).toEqual([first.id, first.id])
    const kept = await server.storage.messages.find({ userId: server.user.id, flowId: id, sessionId: first.id })
    expect(kept.map(({ text }) => text)).toEqual(['One', 'One', 'Two', 'Two'])
  })

  test('tells the tools that were called before the message, with results where they are asked for', async () => {
    await using provider = await providerServer(calculates, says('It is 42'), calculates, says('It is 42'))
    const asked = { model: await stored(agentFlow(provider.url)), input: 'What is 6*7?' }
    const plain = await respond(asked)
    expect(textOf(plain)).toBe('It is 42')
    expect(plain.output).toMatchObject([
      {
        id: 'fc_1',
        type: 'function_call',
        status: 'completed',
        name: 'evaluate_expression',
        arguments: '{"expression":"6*7"}',
      },
      { type: 'message' },
    ])
    const { output } = (await (await post({ ...asked, include: ['tool_call.results'] })).json()) as {
      readonly output: readonly unknown[]
    }
    expect(output).toMatchObject([
      {
        id: 'evaluate_expression_1',
        queries: ['6*7'],
        status: 'completed',
        tool_name: 'evaluate_expression',
        type: 'tool_call',
        results: { content: '{"result": "42"}' },
      },
      { type: 'message' },
    ])
  })

  test('gives global variables from headers to the run', async () => {
    await using provider = await providerServer(replyText('Hi'))
    const named = { value: 'THEIR_KEY', load_from_db: true }
    const built = JSON.stringify(chatWith(provider.url))
    const id = await stored(
      JSON.parse(built, (key, value) => (key === 'api_key' && isObject(value) ? { ...value, ...named } : value)),
    )
    const headers = { 'X-LANGFLOW-GLOBAL-VAR-THEIR_KEY': 'sk-of-this-call' }
    await respond({ model: id, input: 'Hello' }, undefined, headers)
    expect(provider.requests[0]?.headers.authorization).toBe('Bearer sk-of-this-call')
  })
})

describe('a streamed answer', () => {
  test('opens with an empty piece and ends with the whole response and a mark', async () => {
    await using provider = await providerServer(says('Hel', 'lo'))
    const id = await stored(chatWith(provider.url))
    const events = await eventsOf({ model: id, input: 'Say hello', previous_response_id: 'talk-1' })
    const piece = (delta: object, status: string | null = null, finish_reason: string | null = null) => ({
      event: undefined,
      data: {
        id: 'talk-1',
        object: 'response.chunk',
        created: expect.any(Number),
        model: id,
        delta,
        status,
        finish_reason,
      },
    })
    expect(events).toEqual([
      piece({ content: '' }),
      piece({ content: 'Hel' }),
      piece({ content: 'lo' }),
      piece({}, 'completed', 'stop'),
      {
        event: 'response.completed',
        data: {
          type: 'response.completed',
          response: expect.objectContaining({
            id: 'talk-1',
            object: 'response',
            status: 'completed',
            usage: { input_tokens: 7, output_tokens: 2, total_tokens: 9 },
          }),
        },
      },
      { event: undefined, data: '[DONE]' },
    ])
  })

  test('holds what a flow says at once, even when it says what it was told', async () => {
    const events = await eventsOf({ model: await stored(echoFlow()), input: 'Hello' })
    expect(events.map(({ data }) => (data === '[DONE]' ? data : (data.delta ?? data.type)))).toEqual([
      { content: '' },
      { content: 'Hello' },
      {},
      'response.completed',
      '[DONE]',
    ])
  })

  test('holds an answer that is not kept', async () => {
    const silent = { component: component('ChatOutput'), set: { should_store_message: false } }
    const id = await stored(flow({ ...chat, say: silent }, ['ask.message -> say.input_value']))
    const events = await eventsOf({ model: id, input: 'Hello' })
    expect(
      events.filter(({ data }) => data !== '[DONE]' && JSON.stringify(data.delta)?.includes('Hello')),
    ).toHaveLength(1)
  })

  test('tells of a tool in the four events of a function call, before the answer', async () => {
    await using provider = await providerServer(calculates, says('It is 42'))
    const events = await eventsOf({ model: await stored(agentFlow(provider.url)), input: 'What is 6*7?' })
    const call = { id: 'fc_1', type: 'function_call', name: 'evaluate_expression', call_id: 'call_1' }
    const args = '{"expression":"6*7"}'
    expect(events.slice(1, 6)).toEqual([
      {
        event: 'response.output_item.added',
        data: { type: 'response.output_item.added', item: { ...call, status: 'in_progress', arguments: '' } },
      },
      {
        event: 'response.function_call_arguments.delta',
        data: { type: 'response.function_call_arguments.delta', delta: args, item_id: 'fc_1', output_index: 0 },
      },
      {
        event: 'response.function_call_arguments.done',
        data: { type: 'response.function_call_arguments.done', arguments: args, item_id: 'fc_1', output_index: 0 },
      },
      {
        event: 'response.output_item.done',
        data: {
          type: 'response.output_item.done',
          item: { ...call, status: 'completed', arguments: args },
          output_index: 0,
        },
      },
      { event: undefined, data: expect.objectContaining({ delta: { content: 'It is 42' } }) },
    ])
  })

  test('that fails ends with what went wrong, in the form at which clients throw', async () => {
    await using provider = await providerServer(gone)
    const events = await eventsOf({ model: await stored(chatWith(provider.url)), input: 'Hello' })
    expect(events.slice(1)).toEqual([
      {
        event: undefined,
        data: expect.objectContaining({
          delta: {},
          status: 'failed',
          finish_reason: 'error',
          error: {
            message: expect.stringContaining('The model is gone'),
            type: 'processing_error',
            code: expect.any(String),
          },
        }),
      },
      { event: undefined, data: '[DONE]' },
    ])
  })
})

describe('a refusal', () => {
  test.each([
    [404, 'flow_not_found', 'invalid_request_error', () => ({ model: 'nothing', input: 'x' })],
    [400, 'tools_not_supported', 'invalid_request_error', () => ({ model: 'x', input: 'x', tools: [{ type: 'x' }] })],
    [422, 'request_invalid', 'invalid_request_error', () => ({ model: 'x' })],
    [422, 'request_invalid', 'invalid_request_error', () => ({ model: 'x', input: 5 })],
    [
      400,
      'flow_not_for_chat',
      'processing_error',
      async () => ({ model: await stored(flow({ say: chat.say })), input: 'x' }),
    ],
    [
      400,
      'flow_not_for_chat',
      'processing_error',
      async () => ({ model: await stored(flow({ ask: chat.ask })), input: 'x' }),
    ],
  ] as const)('is %i %s in the form of OpenAI, with what other endpoints say', async (status, code, type, body) => {
    const answer = await post(await body())
    expect([answer.status, answer.headers.get('x-error-code')]).toEqual([status, code])
    expect(await answer.json()).toEqual({
      error: { message: expect.any(String), type, code },
      detail: status === 422 ? [expect.objectContaining({ loc: ['body', 'input'] })] : expect.any(String),
    })
  })

  test('names the model and what a flow lacks', async () => {
    const missing = respond({ model: 'nothing', input: 'x' })
    await expect(missing).rejects.toThrow("Flow with id 'nothing' not found")
    const silent = respond({ model: await stored(flow({ ask: chat.ask })), input: 'x' })
    await expect(silent).rejects.toThrow('Flow must have a ChatOutput component')
  })

  test('of a run that failed says why, and that asking again is no use', async () => {
    await using provider = await providerServer(gone, gone)
    const refused = await post({ model: await stored(chatWith(provider.url)), input: 'x' })
    expect(refused.headers.get('x-should-retry')).toBe('false')
    const asked = respond({ model: await stored(chatWith(provider.url)), input: 'x' })
    await expect(asked).rejects.toMatchObject({
      status: 500,
      type: 'processing_error',
      message: expect.stringContaining('The model is gone'),
    })
  })

  test("hides another user's flow, unless it is public", async () => {
    const bob = await server.person('bob')
    const secret = await stored(echoFlow(), {}, bob)
    await expect(respond({ model: secret, input: 'x' })).rejects.toMatchObject({ status: 404 })
    const open = await stored(echoFlow(), { access_type: 'PUBLIC' }, bob)
    expect(textOf(await respond({ model: open, input: 'Hello' }))).toBe('Hello')
  })
})

describe('who calls', () => {
  test('is known by the key, as a header or as what OpenAI calls it', async () => {
    const id = await stored(echoFlow())
    const dummy = { 'x-api-key': server.apiKey, authorization: 'Bearer none' }
    expect((await post({ model: id, input: 'x' }, dummy)).status).toBe(200)
    expect((await post({ model: id, input: 'x' }, { authorization: `Bearer ${server.apiKey}` })).status).toBe(200)
    for (const refused of ['none', 'sk-wrong']) {
      const answer = await post({ model: id, input: 'x' }, { authorization: `Bearer ${refused}` })
      expect(answer.status).toBe(403)
      expect(await answer.json()).toMatchObject({
        error: { type: 'invalid_request_error' },
        detail: expect.any(String),
      })
    }
  })

  test('with a key for some flows reaches those alone', async () => {
    const [mine, other] = [await stored(echoFlow()), await stored(echoFlow())]
    const { api_key } = await server.client.call(createApiKey, { body: { name: 'one', flow_ids: [mine] } })
    const model = async (id: string) => textOf(await respond({ model: id, input: 'Hello' }, api_key))
    expect(await model(mine)).toBe('Hello')
    await expect(model(other)).rejects.toMatchObject({ status: 403, code: 'key_scope' })
  })
})
