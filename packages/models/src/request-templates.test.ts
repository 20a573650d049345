import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { ModelMessage, ModelRequest } from '@runnel/sdk'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { callOptionsOf } from './ai-sdk-prompt.ts'
import { fillingIn } from './request-templates.ts'
import { writtenBy } from './transport.ts'

const load = {
  openAi: (fetch: typeof globalThis.fetch, model = 'gpt-4o') =>
    createOpenAI({ apiKey: 'k', baseURL: 'http://model.test', fetch }).chat(model),
  compatible: (fetch: typeof globalThis.fetch, model = 'llama') =>
    createOpenAICompatible({ name: 'x', apiKey: 'k', baseURL: 'http://model.test', fetch })(model),
}
type Provider = keyof typeof load

const sending = { limits: {}, signal: new AbortController().signal, now: 0 } as unknown as Parameters<
  ReturnType<typeof fillingIn>
>[1]

/** Both ways to write a request, and how often the SDK was asked. */
function waysOf(provider: Provider, model?: string) {
  let asked = 0
  const plain = (request: ModelRequest) => {
    asked++
    return writtenBy(async (fetch) => {
      const call = callOptionsOf(request)
      const made = load[provider](fetch, model)
      return request.stream ? made.doStream(call) : made.doGenerate(call)
    })
  }
  const name = `${provider} ${Math.random()}`
  return { plain, filling: fillingIn(plain, () => name), asked: () => asked }
}

const ofRole = (role: 'system' | 'user' | 'assistant', text: string): ModelMessage =>
  role === 'user' ? { role, content: [{ type: 'text', text }] } : { role, content: text }
const message = fc
  .tuple(fc.constantFrom('system', 'user', 'assistant'), fc.string({ unit: 'binary', maxLength: 12 }))
  .map(([role, text]) => ofRole(role, text))
const request = fc.record({ messages: fc.array(message, { minLength: 1, maxLength: 4 }), stream: fc.boolean() })

test.each(Object.keys(load) as Provider[])(
  'a request to %s is, byte for byte, what the SDK would write',
  async (provider) => {
    const { plain, filling } = waysOf(provider)
    await fc.assert(
      fc.asyncProperty(request, async (asked) => {
        expect(await filling(asked, sending)).toEqual(await plain(asked))
      }),
    )
  },
)

const talk = (...texts: readonly string[]): ModelRequest => ({
  stream: true,
  messages: texts.map((text, index) => ofRole(index === 0 ? 'system' : 'user', text)),
})

test('the SDK writes the first request of a kind', async () => {
  const { filling, asked } = waysOf('openAi')
  for (const text of ['a', 'b', 'the text of message 0 stands here']) await filling(talk('Be kind.', text), sending)
  expect(asked()).toBe(1)
  await filling({ ...talk('Be kind.', 'a'), stream: false }, sending)
  expect(asked()).toBe(2)
  await filling(talk('Be kind.', 'a', 'b'), sending)
  expect(asked()).toBe(3)
})

const textPart = (text: number) => ({ type: 'text' as const, text: String(text) })
const add = { name: 'add', description: 'Adds.', inputSchema: { type: 'object', properties: {} } }
test.each<readonly [string, Partial<ModelRequest>]>([
  ['tools', { tools: [add] }],
  ['JSON to be answered', { json: {} }],
  ['an empty text', { messages: [ofRole('user', '')] }],
  ['a picture', { messages: [{ role: 'user', content: [{ type: 'image', mediaType: 'image/png', data: 'AA==' }] }] }],
  ['several texts in one message', { messages: [{ role: 'user', content: [1, 2].map(textPart) }] }],
  ['nothing', { messages: [] }],
])('a request with %s is left to the SDK', async (_, more) => {
  const { plain, filling } = waysOf('openAi')
  const whole = { ...talk('Be kind.', 'Hi.'), ...more }
  for (const _again of [1, 2]) expect(await filling(whole, sending)).toEqual(await plain(whole))
})

test('where a model takes no system message, none is put in', async () => {
  const { plain, filling } = waysOf('openAi', 'o1-mini')
  for (const text of ['a', 'b'])
    expect(await filling(talk('Be kind.', text), sending)).toEqual(await plain(talk('Be kind.', text)))
})
