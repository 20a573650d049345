import { generateKeyPairSync } from 'node:crypto'
import type { LanguageModel } from '@runnel/sdk'
import { providerServer, reply, replyStream } from '@runnel/testing/provider-server'
import { expect, test } from 'vitest'
import { azureFoundryChat, azureOpenAiChat } from './azure.ts'
import { vertexChat } from './vertex.ts'
import { watsonxChat } from './watsonx.ts'

const live = new AbortController().signal
const answer = reply({
  choices: [{ message: { content: 'Hello' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 1, completion_tokens: 2 },
})
const said = async (model: LanguageModel, stream = false) =>
  Array.fromAsync(
    model.respond({ messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }], stream }, live),
  )
const hello = [
  { type: 'text-delta', text: 'Hello' },
  { type: 'finish', reason: 'stop', usage: { input_tokens: 1, output_tokens: 2, total_tokens: 3 } },
]

test('Azure OpenAI is asked at the deployment, with its key and version', async () => {
  await using server = await providerServer(answer)
  const model = azureOpenAiChat({ apiKey: 'azure-key', modelId: 'my gpt', baseUrl: `${server.url}/`, temperature: 0.7 })
  expect(await said(model)).toEqual(hello)
  await said(azureOpenAiChat({ apiKey: 'k', modelId: 'm', baseUrl: server.url, options: { apiVersion: '2025-01-01' } }))
  expect(server.requests.map(({ path }) => path)).toEqual([
    '/openai/deployments/my%20gpt/chat/completions?api-version=2024-06-01',
    '/openai/deployments/m/chat/completions?api-version=2025-01-01',
  ])
  expect(server.requests[0]?.headers).toMatchObject({ 'api-key': 'azure-key' })
  expect(server.requests[0]?.headers).not.toHaveProperty('authorization')
  expect(server.requests[0]?.body).toMatchObject({ temperature: 0.7, messages: [{ role: 'user', content: 'Hi' }] })
})

test('Azure AI Foundry is asked at its endpoint, however it is written', async () => {
  await using server = await providerServer(answer)
  for (const end of ['', '/models/', '/openai/v1']) {
    await said(azureFoundryChat({ apiKey: 'k', modelId: 'phi-4', baseUrl: server.url + end }))
  }
  expect(server.requests.map(({ path }) => path.split('?')[0])).toEqual([
    '/models/chat/completions',
    '/models/chat/completions',
    '/openai/v1/chat/completions',
  ])
  expect(server.requests[0]?.body).toMatchObject({ model: 'phi-4' })
})

/** Gives tokens, and answers everything else. */
async function withTokens(then = answer) {
  let tokens = 0
  return providerServer((response) => {
    if (!/token/.test(response.req.url ?? '')) return then(response)
    tokens++
    return reply({ access_token: `token-${tokens}`, expires_in: 3600 })(response)
  })
}

test('watsonx is asked with a token that is kept, in its own names', async () => {
  const chunk = (delta: unknown, finish_reason: string | null) =>
    `id: 1\nevent: message\ndata: ${JSON.stringify({ choices: [{ delta, finish_reason }] })}\n\n`
  await using server = await withTokens((response) =>
    /stream/.test(response.req.url ?? '')
      ? replyStream(chunk({ content: 'Hello' }, null), chunk({}, 'stop'))(response)
      : answer(response),
  )
  const model = watsonxChat({
    apiKey: `ibm-key-${server.url}`,
    modelId: 'ibm/granite',
    baseUrl: server.url,
    maxTokens: 7,
    options: { projectId: 'p-1', tokenUrl: `${server.url}/token` },
  })
  expect(await said(model)).toEqual(hello)
  expect(await said(model, true)).toEqual([
    { type: 'text-delta', text: 'Hello' },
    { type: 'finish', reason: 'stop', usage: null },
  ])
  expect(server.requests.map(({ path, headers }) => [path, headers.authorization])).toEqual([
    ['/token', undefined],
    ['/ml/v1/text/chat?version=2024-10-08', 'Bearer token-1'],
    ['/ml/v1/text/chat_stream?version=2024-10-08', 'Bearer token-1'],
  ])
  expect(server.requests[0]?.body).toContain('apikey=ibm-key')
  const messages = [{ role: 'user', content: 'Hi' }]
  expect(server.requests[2]?.body).toEqual({ model_id: 'ibm/granite', project_id: 'p-1', max_tokens: 7, messages })
})

test('watsonx wants a project or a space', async () => {
  const model = watsonxChat({ apiKey: 'k', modelId: 'm', baseUrl: 'http://127.0.0.1:1' })
  await expect(said(model)).rejects.toThrow('IBM WatsonX needs a project ID')
})

test('Vertex AI is asked as a service account, whose key signs for the token', async () => {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  await using server = await withTokens()
  const account = {
    client_email: 'robot@p-1.iam',
    private_key: privateKey,
    project_id: 'p-1',
    token_uri: `${server.url}/token`,
  }
  const apiKey = JSON.stringify(account, null, 2)
  const model = vertexChat({
    apiKey,
    modelId: 'gemini-2.5-pro',
    baseUrl: server.url,
    options: { location: 'europe-west1' },
  })
  expect(await said(model)).toEqual(hello)
  expect(server.requests.map(({ path }) => path)).toEqual([
    '/token',
    '/projects/p-1/locations/europe-west1/endpoints/openapi/chat/completions',
  ])
  const assertion = new URLSearchParams(String(server.requests[0]?.body)).get('assertion') ?? ''
  const claims = JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString())
  expect(claims).toMatchObject({ iss: 'robot@p-1.iam', aud: account.token_uri })
  expect(server.requests[1]?.body).toMatchObject({ model: 'google/gemini-2.5-pro' })
  expect(server.requests[1]?.headers.authorization).toBe('Bearer token-1')
})

test.each(['no json', '{}', '{"client_email":"a","private_key":"b"}'])('%j is no service account', async (apiKey) => {
  await expect(said(vertexChat({ apiKey, modelId: 'm' }))).rejects.toMatchObject({ code: 'model_error' })
})

test('a token that is refused is an error of the model', async () => {
  await using server = await providerServer(
    reply({ errorMessage: 'Provided API key could not be found.' }, { status: 400 }),
  )
  const options = { projectId: 'p', tokenUrl: `${server.url}/token` }
  const model = watsonxChat({ apiKey: 'wrong', modelId: 'm', baseUrl: server.url, options })
  await expect(said(model)).rejects.toThrow(/could not be found/)
})
