import type { ModelPart, ModelRequest } from '@runnel/sdk'
import { providerServer, reply, replyCut, replyStream } from '@runnel/testing/provider-server'
import { expect, test } from 'vitest'
import { ollamaChat } from './ollama.ts'

const live = new AbortController().signal
const tool = {
  name: 'add',
  description: 'Adds',
  inputSchema: { type: 'object', properties: { a: { type: 'number' } } },
}
const request: ModelRequest = {
  messages: [
    { role: 'system', content: 'Be kind.' },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'Hi' },
        { type: 'image', data: 'aW1n', mediaType: 'image/png' },
      ],
    },
    { role: 'assistant', content: '', toolCalls: [{ id: 'c1', name: 'add', input: { a: 1 } }] },
    { role: 'tool', callId: 'c1', name: 'add', output: '2' },
  ],
  stream: false,
  tools: [tool],
}
const asked = (url: string, change: Partial<ModelRequest> = {}, settings = {}): Promise<ModelPart[]> => {
  const model = ollamaChat({ apiKey: '', modelId: 'llama3', baseUrl: url, ...settings })
  return Array.fromAsync(model.respond({ ...request, ...change }, live))
}
const line = (value: unknown) => `${JSON.stringify(value)}\n`

test('asks in Ollama words: images, calls and results of tools, options of the model', async () => {
  const answer = {
    message: { role: 'assistant', content: 'Hello' },
    done: true,
    done_reason: 'stop',
    prompt_eval_count: 7,
    eval_count: 2,
  }
  await using server = await providerServer(reply(answer))
  const settings = {
    temperature: 0.2,
    seed: 3,
    maxTokens: 9,
    modelKwargs: { num_ctx: 8192, keep_alive: '5m' },
    headers: { 'x-own': 'yes' },
  }
  expect(await asked(`${server.url}/v1/`, {}, settings)).toEqual([
    { type: 'text-delta', text: 'Hello' },
    { type: 'finish', reason: 'stop', usage: { input_tokens: 7, output_tokens: 2, total_tokens: 9 } },
  ])
  expect(server.requests).toMatchObject([{ path: '/api/chat', headers: { 'x-own': 'yes' } }])
  expect(server.requests[0]?.headers.authorization).toBeUndefined()
  expect(server.requests[0]?.body).toEqual({
    model: 'llama3',
    stream: false,
    keep_alive: '5m',
    options: { temperature: 0.2, seed: 3, num_predict: 9, num_ctx: 8192 },
    messages: [
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content: 'Hi', images: ['aW1n'] },
      { role: 'assistant', content: '', tool_calls: [{ function: { name: 'add', arguments: { a: 1 } } }] },
      { role: 'tool', tool_name: 'add', content: '2' },
    ],
    tools: [{ type: 'function', function: { name: 'add', description: 'Adds', parameters: tool.inputSchema } }],
  })
})

test('streams thoughts, text, calls and counts, whose lines may be cut anywhere', async () => {
  const text = [
    line({ message: { thinking: 'Hm' }, done: false }),
    line({ message: { content: 'Hé' }, done: false }),
    line({ message: { content: '', tool_calls: [{ function: { name: 'add', arguments: { a: 1 } } }] }, done: false }),
    line({ message: { content: '' }, done: true, done_reason: 'stop', prompt_eval_count: 5, eval_count: 6 }),
  ].join('')
  await using server = await providerServer(replyStream(text.slice(0, 40), text.slice(40, 41), text.slice(41)))
  expect(await asked(server.url, { stream: true }, { apiKey: 'ollama-key' })).toEqual([
    { type: 'reasoning-delta', text: 'Hm' },
    { type: 'text-delta', text: 'Hé' },
    { type: 'tool-call', call: { id: expect.any(String), name: 'add', input: { a: 1 } } },
    { type: 'finish', reason: 'stop', usage: { input_tokens: 5, output_tokens: 6, total_tokens: 11 } },
  ])
  expect(server.requests[0]?.headers.authorization).toBe('Bearer ollama-key')
})

test('asks for JSON of a schema, and for one tool by offering it alone', async () => {
  await using server = await providerServer(reply({ message: { content: '{}' }, done: true }))
  await asked(server.url, { tools: [], json: { schema: { type: 'object' } } })
  await asked(server.url, { tools: [tool, { ...tool, name: 'other' }], toolChoice: { name: 'other' } })
  await asked(server.url, { toolChoice: 'none', json: {} })
  expect(server.requests.map(({ body }) => body)).toMatchObject([
    { format: { type: 'object' } },
    { tools: [{ function: { name: 'other' } }] },
    { format: 'json' },
  ])
  expect(server.requests[2]?.body).not.toHaveProperty('tools')
})

test('a stream that is cut, an error in its middle and a refusal are errors of the model', async () => {
  const begun = line({ message: { content: 'Half' }, done: false })
  await using server = await providerServer(
    replyCut(begun),
    replyStream(begun, line({ error: 'out of memory' })),
    reply({ error: 'model "x" not found' }, { status: 404 }),
  )
  await expect(asked(server.url, { stream: true })).rejects.toMatchObject({ code: 'model_error' })
  await expect(asked(server.url, { stream: true })).rejects.toThrow(/out of memory/)
  await expect(asked(server.url)).rejects.toThrow(/404.*not found/)
})
