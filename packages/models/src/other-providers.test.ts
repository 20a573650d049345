import { readFileSync } from 'node:fs'
import type { LanguageModel, ModelPart, ModelRequest } from '@runnel/sdk'
import { providerServer, reply, replyCut, replyStream } from '@runnel/testing/provider-server'
import { describe, expect, test } from 'vitest'
import { anthropicChat } from './anthropic.ts'
import type { ChatSettings } from './chat-model.ts'
import { googleChat } from './google.ts'

const fixture = (name: string): string => readFileSync(new URL(`__fixtures__/${name}`, import.meta.url), 'utf8')
const live = new AbortController().signal
const request: ModelRequest = {
  messages: [
    { role: 'system', content: 'Be kind.' },
    { role: 'user', content: [{ type: 'text', text: 'Hi' }] },
  ],
  stream: false,
  tools: [{ name: 'add', description: 'Adds', inputSchema: { type: 'object', properties: { a: { type: 'number' } } } }],
}
const parts = (model: LanguageModel, stream: boolean): Promise<ModelPart[]> =>
  Array.fromAsync(model.respond({ ...request, stream }, live))

const providers = [
  {
    name: 'Anthropic',
    chat: anthropicChat,
    files: 'anthropic',
    usage: { input_tokens: 11, output_tokens: 4, total_tokens: 15 },
    streamed: { reason: 'tool_use', usage: { input_tokens: 11, output_tokens: 7, total_tokens: 18 } },
    paths: ['/messages', '/messages'],
    key: 'x-api-key',
    body: { model: 'm-1', temperature: 0.2, max_tokens: 99, system: [{ type: 'text', text: 'Be kind.' }] },
    reason: 'end_turn',
  },
  {
    name: 'Google',
    chat: googleChat,
    files: 'google',
    usage: { input_tokens: 5, output_tokens: 2, total_tokens: 7 },
    streamed: { reason: 'STOP', usage: { input_tokens: 5, output_tokens: 6, total_tokens: 11 } },
    paths: ['/models/m-1:generateContent', '/models/m-1:streamGenerateContent?alt=sse'],
    key: 'x-goog-api-key',
    body: {
      generationConfig: { temperature: 0.2, maxOutputTokens: 99 },
      systemInstruction: { parts: [{ text: 'Be kind.' }] },
    },
    reason: 'STOP',
  },
] as const

describe.each(providers)('$name', ({ chat, files, usage, streamed, paths, key, body, reason }) => {
  const settings = (url: string): ChatSettings => ({
    apiKey: 'secret-1',
    modelId: 'm-1',
    baseUrl: url,
    temperature: 0.2,
    maxTokens: 99,
    seed: undefined,
  })

  test('answers a plain request whole', async () => {
    await using server = await providerServer(reply(fixture(`${files}-answer.json`)))
    expect(await parts(chat(settings(server.url)), false)).toEqual([
      { type: 'text-delta', text: 'Hello there' },
      { type: 'finish', reason, usage },
    ])
    expect(server.requests).toMatchObject([{ path: paths[0], headers: { [key]: 'secret-1' }, body }])
    expect(server.requests[0]?.body).not.toHaveProperty('stream', true)
  })

  test('streams text, then tool calls, then usage', async () => {
    await using server = await providerServer(replyStream(fixture(`${files}-stream.txt`)))
    expect(await parts(chat(settings(server.url)), true)).toEqual([
      { type: 'text-delta', text: 'Hello' },
      { type: 'text-delta', text: ' there' },
      { type: 'tool-call', call: { id: expect.any(String), name: 'add', input: { a: 1 } } },
      { type: 'finish', ...streamed },
    ])
    expect(server.requests[0]?.path).toBe(paths[1])
  })

  test('passes on what came before a cut, then says that the answer is broken', async () => {
    const text = fixture(`${files}-stream.txt`)
    await using server = await providerServer(replyCut(text.slice(0, text.indexOf(' there') + 400)))
    const came: ModelPart[] = []
    const asking = (async () => {
      for await (const part of chat(settings(server.url)).respond({ ...request, stream: true }, live)) came.push(part)
    })()
    await expect(asking).rejects.toMatchObject({ code: 'model_error' })
    expect(came).toContainEqual({ type: 'text-delta', text: ' there' })
    expect(server.requests).toHaveLength(1)
  })

  test('takes a whole JSON answer to a stream request as one token', async () => {
    await using server = await providerServer(reply(fixture(`${files}-answer.json`)))
    expect(await parts(chat(settings(server.url)), true)).toMatchObject([
      { type: 'text-delta', text: 'Hello there' },
      { type: 'finish' },
    ])
    expect(server.requests).toHaveLength(1)
  })

  test('ends a stream with a line over the limit', async () => {
    await using server = await providerServer(replyStream(`data: ${'x'.repeat(5000)}`))
    const model = chat({ ...settings(server.url), limits: { lineBytes: 4000 } })
    await expect(parts(model, true)).rejects.toMatchObject({ code: 'model_error', message: /line/ })
  })
})

test('an error event of Anthropic in the middle is a model error with its sentence', async () => {
  const start = fixture('anthropic-stream.txt').split('event: content_block_stop')[0] ?? ''
  const error = 'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n\n'
  await using server = await providerServer(replyStream(start, error))
  const model = anthropicChat({ apiKey: 'k', modelId: 'm', baseUrl: server.url })
  await expect(parts(model, true)).rejects.toMatchObject({ code: 'model_error', message: /Overloaded/ })
})
