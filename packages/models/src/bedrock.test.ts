import type { ModelPart, ModelRequest } from '@runnel/sdk'
import { providerServer, reply, replyStream } from '@runnel/testing/provider-server'
import { expect, test } from 'vitest'
import { bedrockChat } from './bedrock.ts'

const live = new AbortController().signal
const tool = { name: 'add', description: '', inputSchema: { type: 'object', properties: { a: { type: 'number' } } } }
const request: ModelRequest = {
  messages: [
    { role: 'system', content: 'Be kind.' },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'Hi' },
        { type: 'image', data: 'aW1n', mediaType: 'image/jpg' },
      ],
    },
    {
      role: 'assistant',
      content: '',
      toolCalls: [
        { id: 'c1', name: 'add', input: { a: 1 } },
        { id: 'c2', name: 'add', input: { a: 2 } },
      ],
    },
    { role: 'tool', callId: 'c1', name: 'add', output: '2' },
    { role: 'tool', callId: 'c2', name: 'add', output: '3' },
  ],
  stream: false,
  tools: [tool],
}
const settings = {
  apiKey: 'the-secret-key',
  modelId: 'us.anthropic.claude-sonnet-4:0',
  options: { accessKeyId: 'AKIA1', region: 'eu-central-1' },
  temperature: 0.2,
  maxTokens: 99,
  maxRetries: 0,
}
const asked = (url: string, change: Partial<ModelRequest> = {}, own = {}): Promise<ModelPart[]> =>
  Array.fromAsync(bedrockChat({ ...settings, baseUrl: url, ...own }).respond({ ...request, ...change }, live))

/** A message as AWS's event streams carry it. */
function frame(type: string, payload: unknown, kind = 'event'): Buffer {
  const headers = Buffer.concat(
    Object.entries({ [kind === 'event' ? ':event-type' : ':exception-type']: type, ':message-type': kind }).map(
      ([name, value]) => {
        const head = Buffer.alloc(name.length + 4)
        head.writeUInt8(name.length)
        head.write(name, 1)
        head.writeUInt8(7, name.length + 1)
        head.writeUInt16BE(value.length, name.length + 2)
        return Buffer.concat([head, Buffer.from(value)])
      },
    ),
  )
  const body = Buffer.from(JSON.stringify(payload))
  const prelude = Buffer.alloc(12)
  prelude.writeUInt32BE(16 + headers.length + body.length)
  prelude.writeUInt32BE(headers.length, 4)
  return Buffer.concat([prelude, headers, body, Buffer.alloc(4)])
}
const streamOf = (...frames: readonly Buffer[]) => {
  const bytes = Buffer.concat(frames)
  return replyStream(bytes.subarray(0, 7), bytes.subarray(7, 30), bytes.subarray(30))
}

test('asks in the words of Converse, in turns, with a signature', async () => {
  const answer = {
    output: {
      message: {
        role: 'assistant',
        content: [
          { reasoningContent: { reasoningText: { text: 'Hm' } } },
          { text: 'Hello' },
          { toolUse: { toolUseId: 't1', name: 'add', input: { a: 3 } } },
        ],
      },
    },
    stopReason: 'tool_use',
    usage: { inputTokens: 7, outputTokens: 2, totalTokens: 9 },
  }
  await using server = await providerServer(reply(answer))
  expect(await asked(server.url, {}, { modelKwargs: { top_k: 5 } })).toEqual([
    { type: 'reasoning-delta', text: 'Hm' },
    { type: 'text-delta', text: 'Hello' },
    { type: 'tool-call', call: { id: 't1', name: 'add', input: { a: 3 } } },
    { type: 'finish', reason: 'tool_use', usage: { input_tokens: 7, output_tokens: 2, total_tokens: 9 } },
  ])
  const [sent] = server.requests
  expect(sent?.path).toBe('/model/us.anthropic.claude-sonnet-4%3A0/converse')
  expect(sent?.headers.authorization).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKIA1\/\d{8}\/eu-central-1\/bedrock\/aws4_request/,
  )
  expect(sent?.body).toEqual({
    system: [{ text: 'Be kind.' }],
    inferenceConfig: { maxTokens: 99, temperature: 0.2 },
    additionalModelRequestFields: { top_k: 5 },
    toolConfig: { tools: [{ toolSpec: { name: 'add', inputSchema: { json: tool.inputSchema } } }] },
    messages: [
      { role: 'user', content: [{ text: 'Hi' }, { image: { format: 'jpeg', source: { bytes: 'aW1n' } } }] },
      {
        role: 'assistant',
        content: [
          { toolUse: { toolUseId: 'c1', name: 'add', input: { a: 1 } } },
          { toolUse: { toolUseId: 'c2', name: 'add', input: { a: 2 } } },
        ],
      },
      {
        role: 'user',
        content: [
          { toolResult: { toolUseId: 'c1', content: [{ text: '2' }] } },
          { toolResult: { toolUseId: 'c2', content: [{ text: '3' }] } },
        ],
      },
    ],
  })
})

test('reads the frames of a stream, wherever they are cut', async () => {
  await using server = await providerServer(
    streamOf(
      frame('messageStart', { role: 'assistant' }),
      frame('contentBlockDelta', { contentBlockIndex: 0, delta: { reasoningContent: { text: 'Hm' } } }),
      frame('contentBlockDelta', { contentBlockIndex: 1, delta: { text: 'Hé' } }),
      frame('contentBlockStart', { contentBlockIndex: 2, start: { toolUse: { toolUseId: 't1', name: 'add' } } }),
      frame('contentBlockDelta', { contentBlockIndex: 2, delta: { toolUse: { input: '{"a":' } } }),
      frame('contentBlockDelta', { contentBlockIndex: 2, delta: { toolUse: { input: '1}' } } }),
      frame('contentBlockStop', { contentBlockIndex: 2 }),
      frame('messageStop', { stopReason: 'tool_use' }),
      frame('metadata', { usage: { inputTokens: 3, outputTokens: 4, totalTokens: 7 } }),
    ),
  )
  expect(await asked(server.url, { stream: true })).toEqual([
    { type: 'reasoning-delta', text: 'Hm' },
    { type: 'text-delta', text: 'Hé' },
    { type: 'tool-call', call: { id: 't1', name: 'add', input: { a: 1 } } },
    { type: 'finish', reason: 'tool_use', usage: { input_tokens: 3, output_tokens: 4, total_tokens: 7 } },
  ])
  expect(server.requests[0]?.path).toMatch(/\/converse-stream$/)
})

test('JSON of a schema is asked for with a tool, whose arguments are the answer', async () => {
  const content = [{ toolUse: { toolUseId: 't', name: 'json_answer', input: { a: 1 } } }]
  await using server = await providerServer(reply({ output: { message: { content } }, stopReason: 'tool_use' }))
  const [part] = await asked(server.url, { tools: [], json: { schema: tool.inputSchema } })
  expect(part).toEqual({ type: 'text-delta', text: '{"a":1}' })
  expect(server.requests[0]?.body).toMatchObject({
    toolConfig: { tools: [{ toolSpec: { name: 'json_answer' } }], toolChoice: { tool: { name: 'json_answer' } } },
  })
})

test('a key of Bedrock is sent as it is', async () => {
  await using server = await providerServer(reply({ output: { message: { content: [{ text: 'ok' }] } } }))
  await asked(server.url, { tools: [], toolChoice: 'none' }, { options: {} })
  expect(server.requests[0]?.headers.authorization).toBe('Bearer the-secret-key')
})

test.each([
  [
    'an exception in the stream',
    streamOf(frame('throttlingException', { message: 'Slow down' }, 'exception')),
    /Slow down/,
  ],
  [
    'a stream that ends too early',
    streamOf(frame('contentBlockDelta', { delta: { text: 'x' } })),
    /before it was complete/,
  ],
  ['bytes that are no frames', streamOf(Buffer.alloc(40)), /no event stream/],
  ['a refusal', reply({ message: 'The security token is invalid.' }, { status: 403 }), /403.*security token/],
])('%s is an error of the model', async (_, answer, said) => {
  await using server = await providerServer(answer)
  await expect(asked(server.url, { stream: true })).rejects.toMatchObject({
    code: 'model_error',
    message: expect.stringMatching(said),
  })
})
