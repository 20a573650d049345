import { type FlowAsked, type FlowsPort, type HttpRequest, message } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { a2aAgent } from './a2a-agent.ts'

type Seen = HttpRequest & { readonly url: string }

/** An agent whose card says where it is; it gives this result. */
function agent(result: unknown, card: object = { url: 'https://agents.test/rpc' }) {
  const seen: Seen[] = []
  const http = (url: string, request: HttpRequest) => {
    seen.push({ url, ...request })
    return JSON.stringify(request.method === 'POST' ? { jsonrpc: '2.0', id: '1', ...Object(result) } : card)
  }
  return { http, seen }
}
const says = (...texts: readonly string[]) => ({ parts: texts.map((text) => ({ kind: 'text', text })) })
const inputs = { agent_url: 'https://agents.test/', input_value: 'Hello', api_key: 'k' }

test('reads the card of the agent, says what it is given and gives the answer', async () => {
  const { http, seen } = agent({ result: { kind: 'message', ...says('Hi', 'there') } })
  expect(await runComponent(a2aAgent, inputs, { http })).toMatchObject({ response: { text: 'Hi\nthere' } })
  const [card, call] = seen
  expect(card).toMatchObject({
    url: 'https://agents.test/.well-known/agent-card.json',
    headers: { 'x-api-key': 'k' },
    timeoutMs: 60_000,
  })
  expect(call).toMatchObject({ url: 'https://agents.test/rpc', headers: { 'x-api-key': 'k' } })
  expect(JSON.parse(String(call?.body))).toMatchObject({
    jsonrpc: '2.0',
    method: 'message/send',
    params: { message: { role: 'user', ...says('Hello') }, configuration: { blocking: true } },
  })
})

test('takes the address of a card, and keeps the key from another server', async () => {
  const { http, seen } = agent({ result: says('ok') }, { url: 'https://elsewhere.test/rpc' })
  await runComponent(a2aAgent, { ...inputs, agent_url: 'https://agents.test/a/card.json' }, { http })
  expect(seen.map(({ url }) => url)).toEqual(['https://agents.test/a/card.json', 'https://elsewhere.test/rpc'])
  expect(seen[1]?.headers).not.toHaveProperty('x-api-key')
})

test('gives what a completed task has made', async () => {
  const task = { kind: 'task', status: { state: 'completed', message: says('Done') } }
  const made = { ...task, artifacts: [says('One'), says('Two')] }
  expect(await runComponent(a2aAgent, inputs, agent({ result: made }))).toMatchObject({
    response: { text: 'One\nTwo' },
  })
  expect(await runComponent(a2aAgent, inputs, agent({ result: task }))).toMatchObject({ response: { text: 'Done' } })
})

test.each([[{ result: says() }, 'No response received from the A2A agent.']])(
  'says that there was no text',
  async (result, text) => {
    expect(await runComponent(a2aAgent, inputs, agent(result))).toMatchObject({ response: { text } })
  },
)

test.each([
  [{ error: { code: -32600, message: 'No such method' } }, {}, 'No such method'],
  [
    { result: { status: { state: 'failed', message: says('Broken') } } },
    {},
    'did not complete its task (failed): Broken',
  ],
  [{}, { agent_url: 'agents' }, 'agents is no address.'],
  [{}, { agent_url: ' ' }, 'There is no Agent URL.'],
  [{}, { mode: 'Internal' }, 'Select an A2A agent to call.'],
  [{}, { mode: 'Internal', agent_name_selected: 'Gone' }, 'There is no flow Gone.'],
])('says what went wrong', async (result, given, why) => {
  await expect(runComponent(a2aAgent, { ...inputs, ...given }, agent(result))).rejects.toThrow(why)
})

test('asks a flow of the user in a conversation of its own', async () => {
  const asked: FlowAsked[] = []
  const flows: FlowsPort = {
    find: async (name) => ({
      id: 'f-1',
      name,
      description: '',
      inputs: [{ id: 'ChatInput-a', displayName: 'Chat Input', fields: [] }],
    }),
    async run(_id, given) {
      asked.push(given)
      return [{ id: 'ChatOutput-b', isOutput: true, outputs: new Map([['message', message('hello')]]) }]
    },
  }
  const given = { ...inputs, mode: 'Internal', agent_name_selected: 'Greeter' }
  const { response } = await runComponent(a2aAgent, given, { flows, sessionId: 's-1' })
  expect(response).toMatchObject({ text: 'hello' })
  expect(asked).toMatchObject([{ sessionId: 's-1:a2a:f-1', fields: { 'ChatInput-a': { input_value: 'Hello' } } }])
})
