import { readFileSync } from 'node:fs'
import type { LanguageModel, ModelPart, ModelRequest } from '@runnel/sdk'
import { providerServer, reply, replyStream } from '@runnel/testing/provider-server'
import { expect, test } from 'vitest'
import { openAiChat } from './openai.ts'
import { openAiCompatibleChat } from './openai-compatible.ts'

const fixture = (name: string): string => readFileSync(new URL(`__fixtures__/${name}`, import.meta.url), 'utf8')
const answer = fixture('openai-answer.json')
const live = new AbortController().signal

const ask = (text: string): ModelRequest['messages'][number] => ({ role: 'user', content: [{ type: 'text', text }] })
const parts = (model: LanguageModel, request: Partial<ModelRequest> = {}): Promise<ModelPart[]> =>
  Array.fromAsync(model.respond({ messages: [ask('Hi')], stream: false, ...request }, live))

test('sends a plain request whose body holds the model, the temperature and the messages', async () => {
  await using server = await providerServer(reply(answer))
  const model = openAiChat({ apiKey: 'sk-1', modelId: 'gpt-4o-mini', baseUrl: `${server.url}/v1`, temperature: 0.1 })
  const said = await parts(model, { messages: [{ role: 'system', content: 'Be kind.' }, ask('Hi')] })
  expect(said).toEqual([
    { type: 'text-delta', text: 'Hello, wörld' },
    { type: 'finish', reason: 'stop', usage: { input_tokens: 9, output_tokens: 3, total_tokens: 12 } },
  ])
  expect(server.requests).toMatchObject([{ path: '/v1/chat/completions', headers: { authorization: 'Bearer sk-1' } }])
  expect(server.requests[0]?.body).toEqual({
    model: 'gpt-4o-mini',
    temperature: 0.1,
    messages: [
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content: 'Hi' },
    ],
  })
})

test('streams tokens and asks for usage', async () => {
  await using server = await providerServer(replyStream(fixture('openai-stream.txt')))
  const model = openAiChat({ apiKey: 'sk-1', modelId: 'gpt-4o-mini', baseUrl: server.url, temperature: 0.1 })
  expect(await parts(model, { stream: true })).toEqual([
    { type: 'text-delta', text: 'Hello' },
    { type: 'text-delta', text: ', wörld' },
    { type: 'finish', reason: 'stop', usage: { input_tokens: 9, output_tokens: 3, total_tokens: 12 } },
  ])
  expect(server.requests[0]?.body).toEqual({
    model: 'gpt-4o-mini',
    temperature: 0.1,
    messages: [{ role: 'user', content: 'Hi' }],
    stream: true,
    stream_options: { include_usage: true },
  })
})

test('sends seed, token limit and further entries when they are set', async () => {
  await using server = await providerServer(reply(answer))
  const settings = { apiKey: 'k', modelId: 'my-tuned-model', baseUrl: server.url, temperature: 0, seed: 1 }
  await parts(openAiChat({ ...settings, maxTokens: 50, modelKwargs: { user: 'ada', top_p: 0.5 } }))
  await parts(openAiChat({ ...settings, maxTokens: 0 }))
  expect(server.requests.map(({ body }) => body)).toEqual([
    {
      model: 'my-tuned-model',
      temperature: 0,
      seed: 1,
      max_tokens: 50,
      user: 'ada',
      top_p: 0.5,
      messages: [{ role: 'user', content: 'Hi' }],
    },
    { model: 'my-tuned-model', temperature: 0, seed: 1, messages: [{ role: 'user', content: 'Hi' }] },
  ])
})

test('sends a reasoning model neither temperature nor seed', async () => {
  await using server = await providerServer(reply(answer))
  const settings = { apiKey: 'k', baseUrl: server.url, temperature: 0.1, seed: 1, maxTokens: 50 }
  const messages = [{ role: 'system', content: 'Be kind.' } as const, ask('Hi')]
  await parts(openAiChat({ ...settings, modelId: 'o3-mini' }), { messages })
  await parts(openAiChat({ ...settings, modelId: 'brand-new', reasoning: true }), { messages })
  for (const { body } of server.requests) {
    expect(body).toEqual({
      model: expect.any(String),
      max_completion_tokens: 50,
      messages: [
        { role: 'developer', content: 'Be kind.' },
        { role: 'user', content: 'Hi' },
      ],
    })
  }
})

test('sends new model names as they are, with the temperature', async () => {
  await using server = await providerServer(reply(answer))
  await parts(openAiChat({ apiKey: 'k', modelId: 'gpt-5.9', baseUrl: server.url, temperature: 0.1, maxTokens: 5 }))
  expect(server.requests[0]?.body).toMatchObject({ model: 'gpt-5.9', temperature: 0.1, max_tokens: 5 })
})

test('sends images after the text, as data URLs or addresses', async () => {
  await using server = await providerServer(reply(answer))
  const content = [
    { type: 'text', text: 'What is this?' },
    { type: 'image', data: 'aGk=', mediaType: 'image/png' },
    { type: 'image', data: 'https://example.com/a.png', mediaType: 'image/png' },
  ] as const
  await parts(openAiChat({ apiKey: 'k', modelId: 'gpt-4o', baseUrl: server.url }), {
    messages: [{ role: 'user', content }],
  })
  expect(server.requests[0]?.body).toMatchObject({
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is this?' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,aGk=' } },
          { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
        ],
      },
    ],
  })
})

test('offers tools, forces one by name and gives back their results', async () => {
  await using server = await providerServer(reply(answer))
  await parts(openAiChat({ apiKey: 'k', modelId: 'gpt-4o', baseUrl: server.url }), {
    messages: [
      ask('1+2?'),
      { role: 'assistant', content: '', toolCalls: [{ id: 'call_a', name: 'add', input: { a: 1 } }] },
      { role: 'tool', callId: 'call_a', name: 'add', output: '3' },
    ],
    tools: [
      { name: 'add', description: 'Adds', inputSchema: { type: 'object', properties: { a: { type: 'number' } } } },
    ],
    toolChoice: { name: 'add' },
  })
  expect(server.requests[0]?.body).toMatchObject({
    messages: [
      { role: 'user', content: '1+2?' },
      {
        role: 'assistant',
        tool_calls: [{ id: 'call_a', type: 'function', function: { name: 'add', arguments: '{"a": 1}' } }],
      },
      { role: 'tool', tool_call_id: 'call_a', content: '3' },
    ],
    tools: [{ type: 'function', function: { name: 'add', description: 'Adds', parameters: { type: 'object' } } }],
    tool_choice: { type: 'function', function: { name: 'add' } },
  })
})

test('asks for JSON, or for JSON of a schema', async () => {
  await using server = await providerServer(reply(answer))
  const model = openAiChat({ apiKey: 'k', modelId: 'gpt-4o', baseUrl: server.url })
  await parts(model, { json: {} })
  await parts(model, { json: { name: 'Person', schema: { type: 'object', properties: { a: { type: 'string' } } } } })
  await parts(model, { json: { name: 'Person', schema: { type: 'object' }, strict: true } })
  expect(server.requests.map(({ body }) => body)).toMatchObject([
    { response_format: { type: 'json_object' } },
    {
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'Person', strict: false, schema: { type: 'object' } },
      },
    },
    { response_format: { json_schema: { name: 'Person', strict: true } } },
  ])
  const [, , bound] = server.requests
  const { response_format } = Object(bound?.body)
  expect(Object.keys(response_format.json_schema)).toEqual(['schema', 'name', 'strict'])
})

test('joins the fragments of streamed tool calls', async () => {
  await using server = await providerServer(replyStream(fixture('openai-tool-stream.txt')))
  const model = openAiChat({ apiKey: 'k', modelId: 'gpt-4o', baseUrl: server.url })
  expect(await parts(model, { stream: true })).toEqual([
    { type: 'tool-call', call: { id: 'call_a', name: 'add', input: { a: 1, b: 2 } } },
    { type: 'tool-call', call: { id: 'call_b', name: 'now', input: {} } },
    { type: 'finish', reason: 'tool_calls', usage: null },
  ])
})

test('passes on reasoning apart from text', async () => {
  await using server = await providerServer(
    replyStream(
      'data: {"choices":[{"delta":{"reasoning_content":"Hm"}}]}\n\n',
      'data: {"choices":[{"delta":{"content":"Yes"},"finish_reason":"stop"}]}\n\n',
    ),
  )
  const model = openAiCompatibleChat({
    provider: 'DeepSeek',
    apiKey: 'k',
    modelId: 'deepseek-reasoner',
    baseUrl: server.url,
  })
  expect(await parts(model, { stream: true })).toEqual([
    { type: 'reasoning-delta', text: 'Hm' },
    { type: 'text-delta', text: 'Yes' },
    { type: 'finish', reason: 'stop', usage: null },
  ])
})

test('asks a compatible server without a key for exactly the same', async () => {
  await using server = await providerServer(reply(answer), replyStream(fixture('openai-stream.txt')))
  const settings = { modelId: 'o3', temperature: 0.1, maxTokens: 5, baseUrl: `${server.url}/v1`, reasoning: false }
  const model = openAiCompatibleChat({ ...settings, provider: 'vLLM', apiKey: '', modelKwargs: { top_k: 3 } })
  const messages = [{ role: 'system', content: 'Be kind.' } as const, ask('Hi')]
  await parts(model, { messages })
  await parts(model, { messages, stream: true })
  const body = {
    model: 'o3',
    temperature: 0.1,
    max_tokens: 5,
    top_k: 3,
    messages: [
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content: 'Hi' },
    ],
  }
  expect(server.requests.map((request) => request.body)).toEqual([
    body,
    { ...body, stream: true, stream_options: { include_usage: true } },
  ])
  expect(server.requests[0]?.headers.authorization).toBeUndefined()
})
