import type { AddressInfo } from 'node:net'
import { catalog } from '@runnel/components/catalog'
import { createFlow } from '@runnel/protocol/flows'
import { newId } from '@runnel/protocol/id'
import type { Component } from '@runnel/sdk'
import { type BuiltFlow, flow } from '@runnel/testing/flow-builder'
import { type ProviderReply, providerServer, replyHanging, replyStream } from '@runnel/testing/provider-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'

// Flows that run flows, as clients see them.

function component(type: string): Component {
  const found = catalog.find((entry) => entry.type === type)
  if (!found) throw new Error(`No component ${type}`)
  return found
}

let server: TestApp
beforeAll(async () => {
  server = await testApp({ user: 'ada', components: catalog })
  await server.app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => server.close())

const call = (method: string, path: string, body: unknown, signal?: AbortSignal) =>
  fetch(`http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}${path}`, {
    method,
    headers: { 'x-api-key': server.apiKey },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  })

async function stored(data: BuiltFlow, name = `flow ${newId()}`): Promise<string> {
  const answer = await call('POST', '/api/v1/flows/', { name, data })
  expect(answer.status).toBe(201)
  return String(((await answer.json()) as { id: string }).id)
}

interface RunAnswer {
  readonly outputs: readonly { readonly outputs: readonly { readonly results: Readonly<Record<string, unknown>> }[] }[]
}
async function answered(id: string): Promise<unknown> {
  const answer = await call('POST', `/api/v1/run/${id}`, { session_id: 'talk' })
  const body = (await answer.json()) as RunAnswer
  return body.outputs?.[0]?.outputs[0]?.results ?? { status: answer.status, body }
}

const echo = () =>
  flow({ ask: component('ChatInput'), say: component('ChatOutput') }, ['ask.message -> say.input_value'])
const running = (set: Readonly<Record<string, unknown>>, output = 'flow_outputs_message') =>
  flow({ inner: { component: component('RunFlow'), set }, say: component('ChatOutput') }, [
    `inner.${output} -> say.input_value`,
  ])
/** As the client takes a flow's data. */
const sent = ({ nodes, edges }: BuiltFlow) => ({ nodes: [...nodes], edges: [...edges] })
const asked = (text: string) => ({ 'ChatInput-ask~input_value': text })

test('a flow runs another by name or id, as a run of its own in the same session', async () => {
  const inner = await stored(echo(), 'Echo of Ada')
  const byName = await stored(running({ flow_name_selected: 'Echo of Ada', ...asked('by name') }))
  const byId = await stored(running({ flow_name_selected: 'Gone', flow_id_selected: inner, ...asked('by id') }))
  await expect(answered(byName)).resolves.toMatchObject({ message: { text: 'by name' } })
  await expect(answered(byId)).resolves.toMatchObject({ message: { text: 'by id' } })
  const said = await server.storage.messages.find({ userId: server.user.id, flowId: inner, includeErrors: true })
  expect(said.map(({ session_id, text }) => [session_id, text])).toEqual([
    ['talk', 'by name'],
    ['talk', 'by id'],
  ])
})

test('an output of its own stands for a node of the inner flow', async () => {
  await stored(echo(), 'Echo with outputs')
  const built = running({ flow_name_selected: 'Echo with outputs', ...asked('named') })
  const renamed = JSON.stringify(built).replaceAll('flow_outputs_message', 'ChatInput-ask~message')
  await expect(answered(await stored(JSON.parse(renamed)))).resolves.toMatchObject({ message: { text: 'named' } })
})

test('a failure names the inner flow and its component', async () => {
  await stored(flow({ say: { component: component('RunFlow'), set: { flow_name_selected: 'Nowhere' } } }), 'Broken')
  const outer = await stored(running({ flow_name_selected: 'Broken' }))
  const answer = await call('POST', `/api/v1/run/${outer}`, {})
  expect(answer.status).toBe(500)
  expect(await answer.text()).toMatch(/Error running flow: Broken.*Error building Component Run Flow.*Flow not found/s)
})

test('a flow that runs itself ends with an error', async () => {
  const id = await stored(running({ flow_name_selected: 'Ouroboros' }), 'Ouroboros')
  const answer = await call('POST', `/api/v1/run/${id}`, {})
  expect(answer.status).toBe(500)
  expect(await answer.text()).toContain('Flows run one another more than 20 deep.')
})

test("another user's flow is not found, be it public", async () => {
  const bob = await server.person('bob')
  for (const access_type of ['PRIVATE', 'PUBLIC'] as const) {
    const name = `${access_type} of Bob`
    const { id } = await bob.client.call(createFlow, { body: { name, access_type, data: sent(echo()) } })
    const outer = await stored(running({ flow_name_selected: name, flow_id_selected: id }))
    const answer = await call('POST', `/api/v1/run/${outer}`, {})
    expect(await answer.text()).toContain('Flow not found')
  }
})

test('a guest of a public flow cannot choose which flow of its owner it runs', async () => {
  const bob = await server.person('bert')
  const private_ = await bob.client.call(createFlow, { body: { name: 'Private', data: sent(echo()) } })
  const data = sent(running({ flow_name_selected: 'Private' }))
  const open = await bob.client.call(createFlow, { body: { name: 'Open', access_type: 'PUBLIC', data } })
  for (const field of ['flow_id_selected', 'flow_name_selected']) {
    const answer = await call('POST', `/api/v1/run/${open.id}`, { tweaks: { [field]: private_.id } })
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining(field)])
  }
})

test('what an inner flow is given is a value, not the name of a variable', async () => {
  await call('POST', '/api/v1/variables/', { name: 'PIN', value: '1234', type: 'Generic', default_fields: [] })
  const built = echo()
  const [first, ...others] = built.nodes
  const secret = JSON.parse(JSON.stringify(first).replace('"load_from_db":false', '"load_from_db":true'))
  await stored({ ...built, nodes: [secret, ...others] } as BuiltFlow, 'Reads a variable')
  const outer = await stored(running({ flow_name_selected: 'Reads a variable', ...asked('PIN') }))
  await expect(answered(outer)).resolves.toMatchObject({ message: { text: 'PIN' } })
})

test('a client that leaves ends the inner run too', async () => {
  await using upstream = await providerServer(replyHanging())
  const model = {
    component: component('OpenAIModel'),
    set: { api_key: 'k', openai_api_base: `${upstream.url}/v1`, input_value: 'hi' },
  }
  await stored(flow({ model, say: component('ChatOutput') }, ['model.text_output -> say.input_value']), 'Slow')
  const outer = await stored(running({ flow_name_selected: 'Slow' }))
  const leave = new AbortController()
  const waiting = call('POST', `/api/v1/run/${outer}`, {}, leave.signal).catch(() => {})
  await expect.poll(() => upstream.requests.length).toBe(1)
  leave.abort()
  await waiting
  await upstream.requests[0]?.closed
})

const chunk = (delta: unknown, finish_reason: string | null = null) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason }] })}\n\n`
const says = (content: string): ProviderReply => replyStream(chunk({ content }), chunk({}, 'stop'), 'data: [DONE]\n\n')

test('an agent calls a flow as a tool', async () => {
  await stored(echo(), 'Echo tool')
  const given = { flow_tweak_data: { 'ChatInput-ask~input_value': 'from the agent', 'ChatInput-ask~sender': 'Eve' } }
  const call_ = { name: 'Echo-tool_tool', arguments: JSON.stringify(given) }
  const calls = replyStream(
    chunk({ tool_calls: [{ index: 0, id: 'c1', type: 'function', function: call_ }] }),
    chunk({}, 'tool_calls'),
    'data: [DONE]\n\n',
  )
  await using provider = await providerServer(calls, says('Done.'))
  const toolset = { name: 'component_as_tool', display_name: 'Toolset', method: 'to_toolkit', types: ['Tool'] }
  const data = flow(
    {
      ask: component('ChatInput'),
      model: { component: component('OpenAIModel'), set: { api_key: 'k', openai_api_base: `${provider.url}/v1` } },
      other: {
        component: component('RunFlow'),
        set: { flow_name_selected: 'Echo tool' },
        node: { tool_mode: true, outputs: [toolset] },
      },
      agent: {
        component: component('Agent'),
        set: { system_prompt: 'Help.', add_current_date_tool: false, add_calculator_tool: false },
      },
      say: component('ChatOutput'),
    },
    [
      'ask.message -> agent.input_value',
      'model.model_output -> agent.model',
      'other.component_as_tool -> agent.tools',
      'agent.response -> say.input_value',
    ],
  )
  const id = await stored(data)
  const answer = await call('POST', `/api/v1/run/${id}`, { input_value: 'Call it' })
  expect(await answer.text()).toContain('Done.')
  const [first, second] = provider.requests
  expect(first?.body).toMatchObject({
    tools: [{ function: { name: 'Echo-tool_tool', parameters: { required: ['flow_tweak_data'] } } }],
  })
  expect(second?.body).toMatchObject({
    messages: [{ role: 'system' }, { role: 'user' }, { role: 'assistant' }, { content: 'from the agent' }],
  })
})
