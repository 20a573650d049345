import { catalog } from '@runnel/components/catalog'
import { createFlow } from '@runnel/protocol/flows'
import { newId } from '@runnel/protocol/id'
import { streamText, streamToolCall } from '@runnel/testing/chat-stream'
import { type BuiltFlow, flow } from '@runnel/testing/flow-builder'
import { providerServer, replyHanging } from '@runnel/testing/provider-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { agentFlow, component, echoFlow, graphOf, storeFlow, toolNode } from '../test-flows.ts'

// Flows that run flows, as clients see them.

let server: TestApp
let address: string
beforeAll(async () => {
  server = await testApp({ user: 'ada', components: catalog })
  address = await server.listen()
})
afterAll(() => server.close())

const call = (method: string, path: string, body: unknown, signal?: AbortSignal) =>
  fetch(address + path, {
    method,
    headers: { 'x-api-key': server.apiKey },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  })

const stored = (data: BuiltFlow, name = `flow ${newId()}`) => storeFlow(server, data, { name })

interface RunAnswer {
  readonly outputs: readonly { readonly outputs: readonly { readonly results: Readonly<Record<string, unknown>> }[] }[]
}
async function answered(id: string): Promise<unknown> {
  const answer = await call('POST', `/api/v1/run/${id}`, { session_id: 'talk' })
  const body = (await answer.json()) as RunAnswer
  return body.outputs?.[0]?.outputs[0]?.results ?? { status: answer.status, body }
}

const running = (set: Readonly<Record<string, unknown>>, output = 'flow_outputs_message') =>
  flow({ inner: { component: component('RunFlow'), set }, say: component('ChatOutput') }, [
    `inner.${output} -> say.input_value`,
  ])
const asked = (text: string) => ({ 'ChatInput-ask~input_value': text })

test('a flow runs another by name or id, as a run of its own in the same session', async () => {
  const inner = await stored(echoFlow(), 'Echo of Ada')
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
  await stored(echoFlow(), 'Echo with outputs')
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
    const { id } = await bob.client.call(createFlow, { body: { name, access_type, data: graphOf(echoFlow()) } })
    const outer = await stored(running({ flow_name_selected: name, flow_id_selected: id }))
    const answer = await call('POST', `/api/v1/run/${outer}`, {})
    expect(await answer.text()).toContain('Flow not found')
  }
})

test('a guest of a public flow cannot choose which flow of its owner it runs', async () => {
  const bob = await server.person('bert')
  const private_ = await bob.client.call(createFlow, { body: { name: 'Private', data: graphOf(echoFlow()) } })
  const data = graphOf(running({ flow_name_selected: 'Private' }))
  const open = await bob.client.call(createFlow, { body: { name: 'Open', access_type: 'PUBLIC', data } })
  for (const field of ['flow_id_selected', 'flow_name_selected']) {
    const answer = await call('POST', `/api/v1/run/${open.id}`, { tweaks: { [field]: private_.id } })
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining(field)])
  }
})

test('what an inner flow is given is a value, not the name of a variable', async () => {
  await call('POST', '/api/v1/variables/', { name: 'PIN', value: '1234', type: 'Generic', default_fields: [] })
  const built = echoFlow()
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

test('an agent calls a flow as a tool', async () => {
  await stored(echoFlow(), 'Echo tool')
  const given = { flow_tweak_data: { 'ChatInput-ask~input_value': 'from the agent', 'ChatInput-ask~sender': 'Eve' } }
  const calls = streamToolCall('Echo-tool_tool', given)
  await using provider = await providerServer(calls, streamText(['Done.']))
  const tool = toolNode('RunFlow', { flow_name_selected: 'Echo tool' })
  const id = await stored(agentFlow(provider.url, { tool }))
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
