import { catalog } from '@runnel/components/catalog'
import { listBuilds, listRuns, readRun, readRunTrace } from '@runnel/protocol/monitor'
import { listMessages } from '@runnel/protocol/monitor-messages'
import { readModelUsage, readUsage } from '@runnel/protocol/usage'
import { streamText, streamToolCall } from '@runnel/testing/chat-stream'
import { providerServer } from '@runnel/testing/provider-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { agentFlow, echoFlow, storeFlow } from '../test-flows.ts'

// What runs cost and what their nodes did inside, from a real provider protocol to the pages of the monitor.

let server: TestApp
let address: string
beforeAll(async () => {
  const env = { RUNNEL_MODEL_PRICES: 'OpenAI:priced=2/10' }
  server = await testApp({ user: 'ada', components: catalog, env })
  address = await server.listen()
})
afterAll(() => server.close())

const post = (path: string, body: unknown) =>
  fetch(address + path, {
    method: 'POST',
    headers: { 'x-api-key': server.apiKey },
    body: JSON.stringify(body),
  })

const calculates = streamToolCall(
  'evaluate_expression',
  { expression: '6*7' },
  { prompt_tokens: 1000, completion_tokens: 100 },
)
const answers = streamText(['It is 42'], { prompt_tokens: 2000, completion_tokens: 200 })

/** Runs the agent and gives the id of its run. */
async function ran(model_name: string): Promise<{ readonly flowId: string; readonly runId: string }> {
  await using provider = await providerServer(calculates, answers)
  const flowId = await storeFlow(server, agentFlow(provider.url, { model: { api_key: 'sk-secret-1', model_name } }))
  const answer = await post(`/api/v1/run/${flowId}`, { input_value: 'What is 6*7?' })
  expect(answer.status).toBe(200)
  const { runs } = await server.client.call(listRuns, { query: { flow_id: flowId } })
  return { flowId, runId: runs[0]?.id ?? '' }
}

test('a run costs what its model calls cost, and says so of its nodes, its message and its models', async () => {
  const { flowId, runId } = await ran('priced')
  // 3000 tokens at 2 dollars a million and 300 at 10.
  const cost = 0.009
  const run = await server.client.call(readRun, { params: { run_id: runId } })
  expect(run).toMatchObject({ cost, unpriced_tokens: 0, token_usage: { total_tokens: 3300 } })
  expect(run.steps.flatMap((step) => (step.cost === null ? [] : [[step.component_id, step.cost]]))).toEqual([
    ['Agent-agent', cost],
  ])
  const { vertex_builds } = await server.client.call(listBuilds, { query: { flow_id: flowId } })
  expect(vertex_builds['Agent-agent']?.[0]?.data).toMatchObject({ cost, token_usage: { total_tokens: 3300 } })
  const messages = await server.client.call(listMessages, { query: { flow_id: flowId, sender: 'Machine' } })
  expect(messages.map(({ properties }) => properties.cost)).toEqual([cost])
  const { rows } = await server.client.call(readModelUsage, { query: { flow_id: flowId } })
  expect(rows).toMatchObject([
    { provider: 'OpenAI', model: 'priced', calls: 2, input_tokens: 3000, output_tokens: 300, cost },
  ])
  const usage = await server.client.call(readUsage, { query: { flow_id: flowId, group_by: ['key'] } })
  expect(usage.rows).toMatchObject([{ key_id: expect.any(String), calls: 1, cost, unpriced_tokens: 0 }])
})

test('a run of a model without a price has no cost, which is not nothing', async () => {
  const { flowId, runId } = await ran('unheard-of')
  const run = await server.client.call(readRun, { params: { run_id: runId } })
  expect(run).toMatchObject({ cost: null, unpriced_tokens: 3300 })
  expect(run.steps.every((step) => step.cost === null)).toBe(true)
  const messages = await server.client.call(listMessages, { query: { flow_id: flowId, sender: 'Machine' } })
  expect(messages.map(({ properties }) => 'cost' in properties)).toEqual([false])
  const { rows } = await server.client.call(readModelUsage, { query: { flow_id: flowId } })
  expect(rows).toMatchObject([{ model: 'unheard-of', calls: 2, cost: null }])
  const { total } = await server.client.call(readUsage, { query: { flow_id: flowId } })
  expect(total).toMatchObject({ calls: 1, cost: null, unpriced_tokens: 3300 })
})

test('a trace has the run, its nodes, and the model calls and tools inside of them', async () => {
  const { runId } = await ran('priced')
  const { spans } = await server.client.call(readRunTrace, { params: { run_id: runId } })
  const agent = spans.find(({ node_id, kind }) => kind === 'component' && node_id === 'Agent-agent')
  expect(spans[0]).toMatchObject({ id: runId, parent_id: null, kind: 'flow', input: 'What is 6*7?', cost: 0.009 })
  expect(agent).toMatchObject({ parent_id: runId, cost: 0.009, token_usage: { total_tokens: 3300 } })
  expect(spans.filter(({ parent_id }) => parent_id === agent?.id)).toMatchObject([
    {
      kind: 'model',
      name: 'priced',
      model: { provider: 'OpenAI', model: 'priced', settings: { temperature: expect.any(Number) } },
      input: {
        messages: [
          { role: 'system', content: 'Help.' },
          { role: 'user', content: 'What is 6*7?' },
        ],
      },
      output: { tool_calls: [{ name: 'evaluate_expression' }], finish_reason: 'tool_calls' },
      token_usage: { input_tokens: 1000, output_tokens: 100, total_tokens: 1100 },
      cost: 0.003,
      error: null,
    },
    {
      kind: 'tool',
      name: 'evaluate_expression',
      node_id: 'CalculatorComponent-tool',
      input: { expression: '6*7' },
      output: expect.stringContaining('42'),
      model: null,
      cost: null,
    },
    { kind: 'model', output: { text: 'It is 42', finish_reason: 'stop' }, cost: 0.006 },
  ])
  expect(JSON.stringify(spans)).not.toContain('sk-secret-1')
  const eve = await server.person('eve')
  const asked = eve.client.call(readRunTrace, { params: { run_id: runId } })
  await expect(asked).rejects.toMatchObject({ status: 404, detail: 'Run not found' })
})

test('a run without model calls stores no spans', async () => {
  const flowId = await storeFlow(server, echoFlow())
  await post(`/api/v1/run/${flowId}`, { input_value: 'Hi' })
  const { runs } = await server.client.call(listRuns, { query: { flow_id: flowId } })
  const steps = await server.storage.runs.steps(server.user.id, runs[0]?.id ?? '', { withSpans: true })
  expect(steps.map(({ spans, cost }) => [spans, cost])).toEqual([
    [null, null],
    [null, null],
  ])
  expect(runs).toMatchObject([{ cost: null, unpriced_tokens: 0 }])
})
