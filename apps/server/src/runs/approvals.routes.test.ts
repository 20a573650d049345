import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { catalog } from '@runnel/components/catalog'
import { decideApproval } from '@runnel/protocol/approvals'
import { streamText, streamToolCall } from '@runnel/testing/chat-stream'
import type { BuiltFlow } from '@runnel/testing/flow-builder'
import { providerServer } from '@runnel/testing/provider-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { agentFlow, storeFlow, toolNode } from '../test-flows.ts'

// A tool of an agent that asks before it is called, from the provider's protocol to the answer of the flow.

let server: TestApp
let address: string
beforeAll(async () => {
  server = await testApp({ user: 'ada', components: catalog })
  address = await server.listen()
})
afterAll(() => server.close())

const post = (path: string, body: unknown): Promise<Response> =>
  fetch(address + path, {
    method: 'POST',
    headers: { 'x-api-key': server.apiKey },
    body: JSON.stringify(body),
  })

const TOOL = 'evaluate_expression'

/** An agent whose tool asks first. */
function askingFlow(url: string, approval_actions: readonly string[]): BuiltFlow {
  const rows = [{ name: TOOL, tags: [TOOL], description: 'Counts.', status: true, approval_actions }]
  return agentFlow(url, { tool: toolNode('CalculatorComponent', { tools_metadata: rows }) })
}

const calls = streamToolCall(TOOL, { expression: '6*7' })
const answers = streamText(['Done'])

type Decision = Parameters<typeof decide>[1]
const decide = (
  id: string,
  body:
    | { action_id: 'approve' }
    | { action_id: 'edit'; input: Record<string, string> }
    | { action_id: 'reject'; text: string },
) => server.client.call(decideApproval, { params: { request_id: id }, body })

interface Conversation {
  readonly messages: readonly { readonly role: string; readonly content: string }[]
}

/** Builds the flow, decides what is asked, and gives what was asked and what the model was told the tool has said. */
async function built(actions: readonly string[], decision: Decision) {
  await using provider = await providerServer(calls, answers)
  const id = await storeFlow(server, askingFlow(provider.url, actions))
  const answer = await post(`/api/v1/build/${id}/flow?event_delivery=direct`, { inputs: { input_value: '6*7?' } })
  const asked: Record<string, unknown>[] = []
  const ended: unknown[] = []
  if (!answer.body) throw new Error('The build has no events')
  for await (const line of createInterface(Readable.fromWeb(answer.body))) {
    if (line.trim() === '') continue
    const { event, data } = JSON.parse(line)
    if (event === 'human_input_resolved') ended.push(data.request_id)
    if (event !== 'human_input_required') continue
    asked.push(data)
    await decide(data.request_id, decision)
  }
  // What a provider is sent, JSON.
  const last = provider.requests.at(-1)?.body as Conversation | undefined
  return { asked, ended, told: last?.messages.find(({ role }) => role === 'tool')?.content }
}

test('a tool that asks waits until it is allowed', async () => {
  const { asked, ended, told } = await built(['approve', 'reject'], { action_id: 'approve' })
  expect(asked).toMatchObject([
    {
      kind: 'tool_approval',
      node_id: 'CalculatorComponent-tool',
      tool_name: TOOL,
      tool_input: { expression: '6*7' },
      allowed_decisions: ['approve', 'reject'],
    },
  ])
  expect(ended).toEqual([asked[0]?.request_id])
  expect(told).toContain('42')
})

test('its arguments are changed before it is called', async () => {
  const { told } = await built(['approve', 'edit'], { action_id: 'edit', input: { expression: '6*8' } })
  expect(told).toContain('48')
})

test('the model is told that it was refused, once', async () => {
  const { asked, told } = await built(['approve', 'reject'], { action_id: 'reject', text: 'No counting today.' })
  expect(asked.length).toBe(1)
  expect(told).toContain('No counting today.')
})

test('a call from outside has nobody to ask, and is refused before the model is asked', async () => {
  await using provider = await providerServer(calls, answers)
  const id = await storeFlow(server, askingFlow(provider.url, ['approve']))
  const answer = await post(`/api/v1/run/${id}`, { input_value: '6*7?' })
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ detail: expect.stringContaining('This flow uses Human-in-the-Loop') })
  expect(provider.requests).toEqual([])
})

test('a decision nobody waits for is refused', async () => {
  const { asked } = await built(['approve'], { action_id: 'approve' })
  const again = decide(String(asked[0]?.request_id), { action_id: 'approve' })
  await expect(again).rejects.toMatchObject({ status: 409 })
})
