import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { catalog } from '@runnel/components/catalog'
import { decideApproval } from '@runnel/protocol/approvals'
import { type BuiltFlow, flow } from '@runnel/testing/flow-builder'
import { providerServer, replyStream } from '@runnel/testing/provider-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { component } from '../workflows/test-workflow.ts'

// A tool of an agent that asks before it is called, from the provider's protocol to the answer of the flow.

let server: TestApp
beforeAll(async () => {
  server = await testApp({ user: 'ada', components: catalog })
  await server.app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => server.close())

const post = (path: string, body: unknown): Promise<Response> =>
  fetch(`http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}${path}`, {
    method: 'POST',
    headers: { 'x-api-key': server.apiKey },
    body: JSON.stringify(body),
  })

const toolset = { name: 'component_as_tool', display_name: 'Toolset', method: 'to_toolkit', types: ['Tool'] }
const TOOL = 'evaluate_expression'

function agentFlow(url: string, approval_actions: readonly string[]): BuiltFlow {
  const rows = [{ name: TOOL, tags: [TOOL], description: 'Counts.', status: true, approval_actions }]
  const built = flow(
    {
      ask: component('ChatInput'),
      say: component('ChatOutput'),
      model: {
        component: component('OpenAIModel'),
        set: { api_key: 'sk-1', openai_api_base: `${url}/v1`, model_name: 'm' },
      },
      tool: { component: component('CalculatorComponent'), node: { tool_mode: true, outputs: [toolset] } },
      agent: {
        component: component('Agent'),
        set: { system_prompt: 'Help.', add_current_date_tool: false, add_calculator_tool: false },
      },
    },
    [
      'ask.message -> agent.input_value',
      'model.model_output -> agent.model',
      'tool.component_as_tool -> agent.tools',
      'agent.response -> say.input_value',
    ],
  )
  const copy = JSON.parse(JSON.stringify(built))
  for (const { data } of copy.nodes) {
    if (data.node.tool_mode) data.node.template.tools_metadata = { type: 'tools', value: rows, show: true }
  }
  return copy
}

const chunk = (delta: unknown, finish_reason: string | null = null): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason }] })}\n\n`
const call = { name: TOOL, arguments: '{"expression":"6*7"}' }
const calls = replyStream(
  chunk({ tool_calls: [{ index: 0, id: 'c', type: 'function', function: call }] }),
  chunk({}, 'tool_calls'),
  'data: [DONE]\n\n',
)
const answers = replyStream(chunk({ content: 'Done' }), chunk({}, 'stop'), 'data: [DONE]\n\n')

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
  const made = await post('/api/v1/flows/', { name: 'asks', data: agentFlow(provider.url, actions) })
  const { id } = (await made.json()) as { id: string }
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
  const made = await post('/api/v1/flows/', { name: 'asks nobody', data: agentFlow(provider.url, ['approve']) })
  const { id } = (await made.json()) as { id: string }
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
