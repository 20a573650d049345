import { message } from '@runnel/sdk'
import { providerServer, reply } from '@runnel/testing/provider-server'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { ollamaModel } from './ollama-model.ts'

const says = (content: string) => reply({ message: { role: 'assistant', content }, done: true })
const asked = (url: string) => ({ input_value: message('Hi'), base_url: url, model_name: 'llama3' })

test('asks Ollama with the options that are set', async () => {
  await using server = await providerServer(says('Hello'))
  const inputs = {
    ...asked(server.url),
    num_ctx: 8192,
    mirostat: 'Mirostat 2.0',
    mirostat_eta: 0.2,
    stop_tokens: 'END,STOP',
    format: 'json',
  }
  const { text_output } = await runComponent(ollamaModel, inputs, { outputs: ['text_output'] })
  expect(text_output).toMatchObject({ text: 'Hello' })
  expect(server.requests).toMatchObject([{ path: '/api/chat' }])
  expect(server.requests[0]?.body).toEqual({
    model: 'llama3',
    stream: false,
    format: 'json',
    options: { temperature: 0.1, num_ctx: 8192, mirostat: 2, mirostat_eta: 0.2, stop: ['END', 'STOP'] },
    messages: [{ role: 'user', content: 'Hi' }],
  })
})

test('gives the JSON of one answer as data and as a table', async () => {
  await using server = await providerServer(says('[{"a":1},{"a":2}]'))
  const outputs = ['data_output', 'dataframe_output']
  const format = [{ name: 'a', description: 'A number.', type: 'int', multiple: false }]
  const run = await runComponent(ollamaModel, { ...asked(server.url), format }, { outputs })
  expect(run).toMatchObject({
    data_output: { data: { results: [{ a: 1 }, { a: 2 }] } },
    dataframe_output: { rows: [{ a: 1 }, { a: 2 }] },
  })
  expect(server.requests).toHaveLength(1)
  expect(server.requests[0]?.body).toMatchObject({ format: { properties: { a: { type: 'integer' } } } })
})

test('an answer without JSON, and a format that is none, fail', async () => {
  await using server = await providerServer(says('No.'))
  const json = { outputs: ['data_output'] }
  await expect(runComponent(ollamaModel, asked(server.url), json)).rejects.toThrow('did not answer with JSON')
  const inputs = { ...asked(server.url), format: '{' }
  await expect(runComponent(ollamaModel, inputs, json)).rejects.toThrow('neither json nor a JSON schema')
})
