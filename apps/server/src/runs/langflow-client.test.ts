import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LangflowClient } from '@datastax/langflow-client'
import type { StreamEvent } from '@datastax/langflow-client/flow'
import { createClient } from '@runnel/client'
import { chatInput } from '@runnel/components/input-output/chat-input'
import { chatOutput } from '@runnel/components/input-output/chat-output'
import { prompt } from '@runnel/components/models-and-agents/prompt'
import { openAiModel } from '@runnel/components/openai/openai-model'
import { createApiKey } from '@runnel/protocol/api-keys'
import { createFlow } from '@runnel/protocol/flows'
import { type BuiltFlow, flow } from '@runnel/testing/flow-builder'
import { providerServer, reply, replyStream } from '@runnel/testing/provider-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadConfig } from '../config.ts'
import { type RunningServer, startServer } from '../main.ts'

let server: RunningServer
let apiKey: string
let langflow: LangflowClient
const folder = mkdtempSync(join(tmpdir(), 'runnel-client-'))

beforeAll(async () => {
  const config = loadConfig({
    LANGFLOW_CONFIG_DIR: folder,
    LANGFLOW_HOST: '127.0.0.1',
    LANGFLOW_PORT: '0',
    LANGFLOW_SSRF_ALLOWED_HOSTS: '127.0.0.1',
  })
  server = await startServer(config, { print: () => {} })
  const made = await createClient({ baseUrl: server.address }).call(createApiKey, { body: { name: 'client' } })
  apiKey = made.api_key
  langflow = new LangflowClient({ baseUrl: server.address, apiKey })
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

const saved = async (name: string, { nodes, edges }: BuiltFlow) => {
  const data = { nodes: [...nodes], edges: [...edges] }
  const made = await createClient({ baseUrl: server.address, apiKey }).call(createFlow, { body: { name, data } })
  return langflow.flow(made.id)
}
const greeting = () =>
  saved(
    'Greeting',
    flow(
      {
        ask: chatInput,
        greet: {
          component: prompt,
          set: { template: 'Dear {name}: {said}', name: 'Ada', said: '' },
          node: { custom_fields: { template: ['name', 'said'] } },
        },
        answer: chatOutput,
      },
      ['ask.message -> greet.said', 'greet.prompt -> answer.input_value'],
    ),
  )
const modelFlow = (name: string, url: string) =>
  saved(
    name,
    flow(
      {
        ask: chatInput,
        model: { component: openAiModel, set: { openai_api_base: `${url}/v1`, api_key: 'sk-1', model_name: 'gpt-4o' } },
        answer: chatOutput,
      },
      ['ask.message -> model.input_value', 'model.text_output -> answer.input_value'],
    ),
  )
const eventsOf = (stream: ReadableStream<StreamEvent>) => Array.fromAsync(stream)

test('a flow runs, in the session of the caller and with the fields the caller changes', async () => {
  const greet = await greeting()
  const plain = await greet.run('hello')
  expect(plain.chatOutputText()).toBe('Dear Ada: hello')
  expect(plain.sessionId).toBe(greet.id)
  const changed = await greet.tweak('Prompt-greet', { name: '小明' }).run('hello', { session_id: 'chat-1' })
  expect(changed.chatOutputText()).toBe('Dear 小明: hello')
  expect(changed.sessionId).toBe('chat-1')
  expect(changed.outputs[0]?.inputs).toEqual({ input_value: 'hello' })
})

test('a flow streams its messages and ends with its result', async () => {
  const events = await eventsOf(await (await greeting()).stream('héllo 你好', { session_id: 'chat-2' }))
  expect(events.map(({ event }) => event)).toEqual(['add_message', 'add_message', 'end'])
  expect(events[0]?.data).toMatchObject({ text: 'héllo 你好', sender: 'User', session_id: 'chat-2' })
  expect(events[1]?.data).toMatchObject({ text: 'Dear Ada: héllo 你好', sender: 'Machine', session_id: 'chat-2' })
  expect(events[2]?.data).toMatchObject({ result: { session_id: 'chat-2' } })
})

const chunk = (delta: object, finish_reason: string | null = null) =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason }] })}\n\n`

test('the answer of a model streams in pieces that make up its text', async () => {
  const pieces = ['Wet', 'ter: ', '好 ☀']
  const model = replyStream(...pieces.map((content) => chunk({ content })), chunk({}, 'stop'), 'data: [DONE]\n\n')
  await using provider = await providerServer(model)
  const asked = await modelFlow('Streamed', provider.url)
  const events = await eventsOf(await asked.stream('How is the weather?'))
  const tokens = events.flatMap((event) => (event.event === 'token' ? event.data.chunk : []))
  expect(tokens.join('')).toBe('Wetter: 好 ☀')
  expect(tokens.length).toBeGreaterThan(1)
  expect(provider.requests[0]?.body).toMatchObject({ stream: true })
  const [end] = events.slice(-1)
  expect(end?.event).toBe('end')
  expect(JSON.stringify(end)).toContain('Wetter: 好 ☀')
})

test('an unknown flow, a wrong key and a failing model are errors with their status', async () => {
  await using provider = await providerServer(reply({ error: { message: 'no' } }, { status: 400 }))
  await expect(langflow.flow('nowhere').run('x')).rejects.toMatchObject({ cause: { status: 404 } })
  await expect((await modelFlow('Failing', provider.url)).run('x')).rejects.toMatchObject({ cause: { status: 500 } })
  const stranger = new LangflowClient({ baseUrl: server.address, apiKey: 'sk-wrong' })
  await expect(stranger.flow('nowhere').run('x')).rejects.toMatchObject({ cause: { status: 403 } })
})

test('files of the user are uploaded and listed', async () => {
  const file = await langflow.files.upload(new File(['a,b\n1,2'], '数据.csv', { type: 'text/csv' }))
  expect(file).toMatchObject({
    name: '数据',
    size: 7,
    path: expect.stringMatching(/^[\da-f-]{36}\/[\da-f-]{36}\.csv$/),
  })
  const [listed] = await langflow.files.list()
  expect(listed).toMatchObject({ id: file.id, name: '数据', path: file.path, user_id: file.path.split('/')[0] })
  expect(Date.now() - (listed?.created_at?.getTime() ?? 0)).toBeLessThan(24 * 3_600_000)
})

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const answer = reply({ choices: [{ message: { content: 'A dot.' }, finish_reason: 'stop' }] })
const imageAsked = (text: string) => ({
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text },
        { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG.toString('base64')}` } },
      ],
    },
  ],
})

test('an image uploaded to a flow is seen by the model it is sent to', async () => {
  await using provider = await providerServer(answer)
  const asked = await modelFlow('Seeing', provider.url)
  const { flowId, filePath } = await asked.uploadFile(new File([PNG], 'image-file.png', { type: 'image/png' }))
  expect(flowId).toBe(asked.id)
  expect(filePath).toMatch(new RegExp(`^${asked.id}/.*_image-file\\.png$`))
  const seen = await asked.tweak('ChatInput-ask', { files: filePath }).run('What do you see?')
  expect(seen.chatOutputText()).toBe('A dot.')
  expect(provider.requests[0]?.body).toMatchObject(imageAsked('What do you see?'))

  // As the documentation sends it: the text is a tweak as well.
  const response = await fetch(`${server.address}/api/v1/run/${asked.id}`, {
    method: 'POST',
    headers: { 'x-api-key': apiKey, 'content-type': 'application/json' },
    body: JSON.stringify({
      output_type: 'chat',
      input_type: 'chat',
      tweaks: { 'ChatInput-ask': { files: filePath, input_value: 'what do you see?' } },
    }),
  })
  expect(response.status).toBe(200)
  expect(provider.requests[1]?.body).toMatchObject(imageAsked('what do you see?'))
})

test('a file of another flow is readable, a path that leads out is not, and the run says so', async () => {
  await using provider = await providerServer(answer)
  const [asked, other] = [await modelFlow('Reading', provider.url), await greeting()]
  const { filePath } = await other.uploadFile(new File(['notes'], 'notes.txt'))
  await asked.tweak('ChatInput-ask', { files: filePath }).run('Read it')
  expect(JSON.stringify(provider.requests[0]?.body)).toContain('notes')
  for (const files of ['../runnel.db', '/etc/passwd', `${asked.id}/../../runnel.db`]) {
    await expect(asked.tweak('ChatInput-ask', { files }).run('Read it')).rejects.toMatchObject({
      cause: { status: 500 },
    })
  }
  expect(provider.requests).toHaveLength(1)
})
