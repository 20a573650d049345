import { providerServer, reply } from '@runnel/testing/provider-server'
import { expect, test } from 'vitest'
import { chatProvider, chatProviders, providerOfModel } from './provider-catalogue.ts'

test('knows Google by both of its titles', () => {
  expect(chatProvider('Google')).toBe(chatProvider('Google Generative AI'))
  expect(chatProvider('Nobody')).toBeUndefined()
})

test.each([
  ['gpt-4o-mini', 'OpenAI'],
  ['claude-sonnet-4-20250514', 'Anthropic'],
  ['gemini-2.5-pro', 'Google Generative AI'],
  ['grok-4', 'xAI'],
])('finds the provider of %s', (model, title) => {
  expect(providerOfModel(model)?.title).toBe(title)
})

test('every model a provider makes carries the title', () => {
  for (const { title, create } of chatProviders) {
    expect(create({ apiKey: 'k', modelId: 'm', baseUrl: 'http://localhost:1' })).toMatchObject({
      provider: title,
      model: 'm',
    })
  }
})

test('completes the address of Groq, with or without its end', async () => {
  await using server = await providerServer(reply({ choices: [{ message: { content: 'ok' }, finish_reason: 'stop' }] }))
  for (const address of [server.url, `${server.url}/`, `${server.url}/openai/v1`]) {
    const model = chatProvider('Groq')?.create({ apiKey: '', modelId: 'llama3', baseUrl: address })
    for await (const part of model?.respond({ messages: [], stream: false }, new AbortController().signal) ?? [])
      void part
  }
  expect(server.requests.map(({ path }) => path)).toEqual(Array(3).fill('/openai/v1/chat/completions'))
})
