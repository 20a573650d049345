import { catalog } from '@runnel/components/catalog'
import { chatChunk, streamText, streamToolCall } from '@runnel/testing/chat-stream'
import { type BuiltFlow, flow } from '@runnel/testing/flow-builder'
import { providerServer, reply, replyCut, replyHanging } from '@runnel/testing/provider-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { agentFlow, agentNode, component, modelNode, storeFlow, toolNode } from '../test-flows.ts'

// Agents as clients see them: with a real provider protocol on one side and the HTTP API on the other.

let server: TestApp
let address: string
beforeAll(async () => {
  server = await testApp({ user: 'ada', components: catalog })
  address = await server.listen()
})
afterAll(() => server.close())

const post = (path: string, body: unknown, signal?: AbortSignal) =>
  fetch(address + path, {
    method: 'POST',
    headers: { 'x-api-key': server.apiKey },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  })

const stored = (data: BuiltFlow) => storeFlow(server, data)

interface WireRecord {
  readonly event: string
  readonly data: {
    readonly id?: string
    readonly text?: string
    readonly chunk?: string
    readonly sender?: string
    readonly properties?: { readonly state: string }
    readonly content_blocks?: readonly {
      readonly contents: readonly { readonly header: { readonly title: string } }[]
    }[]
  }
}

async function streamed(id: string, input_value: string): Promise<readonly WireRecord[]> {
  const answer = await post(`/api/v1/run/${id}?stream=true`, { input_value })
  const text = await answer.text()
  return text
    .split('\n\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}

const chat = { ask: component('ChatInput'), say: component('ChatOutput') }

const says = (...pieces: readonly string[]) => streamText(pieces)
const calculates = streamToolCall('evaluate_expression', { expression: '6*7' })

const titlesOf = ({ data }: WireRecord) => data.content_blocks?.[0]?.contents.map(({ header }) => header.title)
const messagesOf = (flowId: string) =>
  server.storage.messages.find({ userId: server.user.id, flowId, includeErrors: true })

describe('an agent next to a chat output', () => {
  test('streams its steps as one message that changes and its answer as tokens', async () => {
    await using provider = await providerServer(calculates, says('It is', ' 42'))
    const id = await stored(agentFlow(provider.url))
    const records = (await streamed(id, 'What is 6*7?')).filter(({ data }) => data.sender !== 'User')
    expect(records.map(({ event, data }) => [event, data.chunk ?? data.text, data.properties?.state])).toEqual([
      ['add_message', '', 'partial'],
      ['add_message', '', 'partial'],
      ['add_message', '', 'partial'],
      ['token', 'It is', undefined],
      ['token', ' 42', undefined],
      ['add_message', 'It is 42', 'complete'],
      ['add_message', 'It is 42', 'complete'],
      ['end', undefined, undefined],
    ])
    expect(records.slice(0, 3).map(titlesOf)).toEqual([
      [],
      ['Accessing **evaluate_expression**'],
      ['Executed **evaluate_expression**'],
    ])
    expect(titlesOf(records[6] as WireRecord)).toEqual(['Executed **evaluate_expression**', 'Output'])
    expect(new Set(records.slice(0, 7).map(({ data }) => data.id)).size).toBe(1)
    expect(provider.requests[1]?.body).toMatchObject({
      messages: [
        { role: 'system', content: 'Help.' },
        { role: 'user', content: 'What is 6*7?' },
        {
          role: 'assistant',
          tool_calls: [{ id: 'call_1', function: { name: 'evaluate_expression', arguments: '{"expression": "6*7"}' } }],
        },
        { role: 'tool', tool_call_id: 'call_1', content: '{"result": "42"}' },
      ],
    })
  })

  test('is kept in the history that the next run shows it', async () => {
    await using provider = await providerServer(says('Hello'), says('Again'))
    const id = await stored(agentFlow(provider.url))
    await post(`/api/v1/run/${id}`, { input_value: 'Hi' })
    await post(`/api/v1/run/${id}`, { input_value: 'And now?' })
    expect(provider.requests[1]?.body).toMatchObject({
      messages: [
        { role: 'system' },
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: 'Hello' },
        { role: 'user', content: 'And now?' },
      ],
    })
    expect((await messagesOf(id)).map(({ text }) => text)).toEqual(['Hi', 'Hello', 'And now?', 'Again'])
  })

  test('takes its message back when the model fails before it has said anything', async () => {
    await using provider = await providerServer(calculates, reply({ error: { message: 'no' } }, { status: 400 }))
    const id = await stored(agentFlow(provider.url))
    const records = await streamed(id, 'Hi')
    const opened = records.find(({ data }) => data.sender === 'Machine')
    expect(records.slice(-2)).toMatchObject([
      { event: 'remove_message', data: { id: opened?.data.id } },
      { event: 'error', data: { error: expect.stringContaining('Agent') } },
    ])
    expect((await messagesOf(id)).filter(({ error }) => !error).map(({ text }) => text)).toEqual(['Hi'])
  })

  test('keeps what it has said when its answer is cut off, marked as failed', async () => {
    await using provider = await providerServer(replyCut(chatChunk({ content: 'Half an ans' })))
    const id = await stored(agentFlow(provider.url))
    const records = await streamed(id, 'Hi')
    expect(records.map(({ event }) => event)).toEqual(['add_message', 'add_message', 'token', 'error'])
    const kept = (await messagesOf(id)).find(({ text }) => text === 'Half an ans')
    expect(kept).toMatchObject({ error: true, properties: { state: 'partial' } })
  })

  test('stops asking when its client leaves, and keeps its steps', async () => {
    await using provider = await providerServer(calculates, replyHanging(chatChunk({ content: 'So far' })))
    const id = await stored(agentFlow(provider.url))
    const leave = new AbortController()
    const answer = await post(`/api/v1/run/${id}?stream=true`, { input_value: 'Hi' }, leave.signal)
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    for (let read = ''; !read.includes('So far'); ) read += (await reader?.read())?.value ?? ''
    leave.abort()
    await provider.requests[1]?.closed
    await expect.poll(async () => (await messagesOf(id)).map(({ text }) => text)).toContain('So far')
    const kept = (await messagesOf(id)).find(({ text }) => text === 'So far')
    expect(kept).toMatchObject({ properties: { state: 'partial' } })
    expect(kept?.content_blocks[0]?.contents).toMatchObject([{ header: { title: 'Executed **evaluate_expression**' } }])
  })
})

test('agents one after the other answer each other, and only the last is heard', async () => {
  await using provider = await providerServer(says('a plan'), says('a text'))
  const data = flow({ ...chat, model: modelNode(provider.url), first: agentNode(), second: agentNode() }, [
    'ask.message -> first.input_value',
    'model.model_output -> first.model',
    'model.model_output -> second.model',
    'first.response -> second.input_value',
    'second.response -> say.input_value',
  ])
  const id = await stored(data)
  const records = await streamed(id, 'Rivers')
  expect(records.flatMap(({ data: { chunk } }) => chunk ?? [])).toEqual(['a text'])
  expect(provider.requests[1]?.body).toMatchObject({
    messages: [{ role: 'system' }, { role: 'user', content: 'Rivers' }, { role: 'user', content: 'a plan' }],
  })
  expect((await messagesOf(id)).map(({ text }) => text)).toEqual(['Rivers', 'a text'])
})

test('an agent is a tool of another agent, and nothing it says is shown', async () => {
  await using provider = await providerServer(
    streamToolCall('Call_Agent_message_response', { input_value: 'Look it up' }),
    says('It is deep'),
    says('Very deep'),
  )
  const quiet = { add_current_date_tool: false, add_calculator_tool: false }
  const helper = toolNode('Agent', { ...quiet, system_prompt: 'Research.' })
  const data = flow({ ...chat, model: modelNode(provider.url), boss: agentNode(), helper }, [
    'ask.message -> boss.input_value',
    'model.model_output -> boss.model',
    'model.model_output -> helper.model',
    'helper.component_as_tool -> boss.tools',
    'boss.response -> say.input_value',
  ])
  const records = await streamed(await stored(data), 'How deep?')
  expect(records.flatMap(({ data: { chunk } }) => chunk ?? [])).toEqual(['Very deep'])
  expect(provider.requests[0]?.body).toMatchObject({
    tools: [
      {
        function: {
          name: 'Call_Agent_message_response',
          parameters: { properties: { input_value: { type: 'string' } } },
        },
      },
      { function: { name: 'Call_Agent_json_response' } },
    ],
  })
  expect(provider.requests[1]?.body).toMatchObject({
    messages: [
      { role: 'system', content: 'Research.' },
      { role: 'user', content: 'How deep?' },
      { content: 'Look it up' },
    ],
  })
  expect(provider.requests[2]?.body).toMatchObject({
    messages: [{}, {}, {}, { role: 'tool', content: 'It is deep' }],
  })
})
