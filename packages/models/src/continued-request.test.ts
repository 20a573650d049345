import type { ModelMessage, ModelRequest } from '@runnel/sdk'
import { providerServer, replyStream } from '@runnel/testing/provider-server'
import { expect, test } from 'vitest'
import { openAiChat } from './openai.ts'
import { openAiCompatibleChat } from './openai-compatible.ts'

const stream =
  'data: {"id":"1","choices":[{"index":0,"delta":{"content":"ok"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'
const tools = [{ name: 'add', description: 'Adds.', inputSchema: { type: 'object', properties: {} } }]
const begun: readonly ModelMessage[] = [
  { role: 'system', content: 'Be kind.' },
  { role: 'user', content: [{ type: 'text', text: 'How much?' }] },
]
const called = (id: string, content = '', input: unknown = { a: [1, 0.5], text: 'ö "x"' }): readonly ModelMessage[] => [
  { role: 'assistant', content, toolCalls: [{ id, name: 'add', input }] },
  { role: 'tool', callId: id, name: 'add', output: 'It is "1"\n' },
]

const providers = {
  openAi: (baseUrl: string) => openAiChat({ apiKey: 'k', modelId: 'gpt-4o', baseUrl, temperature: 0.1 }),
  compatible: (baseUrl: string) =>
    openAiCompatibleChat({ provider: 'Groq', apiKey: 'k', modelId: 'llama', baseUrl, temperature: 0.1 }),
}

/** The bodies, as text, that one model object and that objects of their own send for the same requests. */
async function bodiesOf(
  provider: keyof typeof providers,
  requests: readonly Partial<ModelRequest>[],
): Promise<readonly (readonly string[])[]> {
  await using server = await providerServer(replyStream(stream))
  const ask = async (model: ReturnType<typeof openAiChat>, request: Partial<ModelRequest>) => {
    const whole = { messages: begun, tools, stream: true, ...request }
    await Array.fromAsync(model.respond(whole, new AbortController().signal))
    const { path, headers, body } = server.requests.at(-1) ?? {}
    return JSON.stringify([path, headers?.authorization, headers?.['user-agent'], body])
  }
  const one = providers[provider](server.url)
  const together: string[] = []
  for (const request of requests) together.push(await ask(one, request))
  const apart: string[] = []
  for (const request of requests) apart.push(await ask(providers[provider](server.url), request))
  return [together, apart]
}

const first = called('1')
const second = called('2', 'Once more.')
const conversations: Readonly<Record<string, readonly Partial<ModelRequest>[]>> = {
  'goes on with calls and what they found': [
    {},
    { messages: [...begun, ...first] },
    { messages: [...begun, ...first, ...second] },
  ],
  'is tried again': [{}, {}, { messages: [...begun, ...first] }, { messages: [...begun, ...first] }],
  'calls with what is no object': [{}, { messages: [...begun, ...called('1', '', 'no object')] }],
  'says something instead of calling': [
    {},
    { messages: [...begun, { role: 'assistant', content: 'Hm.' }, { role: 'user', content: [] }] },
  ],
  'begins anew, with equal words': [{}, { messages: structuredClone(begun) }, { messages: [...begun, ...second] }],
  'is cut short': [{ messages: [...begun, ...first] }, { messages: begun }],
  'has other tools or may use none': [{}, { tools: structuredClone(tools) }, { toolChoice: 'none' }, {}],
}

test.for(
  Object.keys(conversations).flatMap((what) => Object.keys(providers).map((provider) => [what, provider] as const)),
)('a conversation that %s is sent to %s as if each request were the first', async ([what, provider]) => {
  const [together, apart] = await bodiesOf(provider as keyof typeof providers, conversations[what] ?? [])
  expect(together).toEqual(apart)
})
