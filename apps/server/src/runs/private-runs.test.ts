import { catalog } from '@runnel/components/catalog'
import { listRuns, listTransactions, readRun } from '@runnel/protocol/monitor'
import { createProject, readProject, updateProject } from '@runnel/protocol/projects'
import { runFlow } from '@runnel/protocol/runs'
import { type BuiltFlow, flow } from '@runnel/testing/flow-builder'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { component, echoFlow, storeFlow } from '../test-flows.ts'
import { hookFlow } from '../webhooks/test-webhook.ts'

// Projects that ask that nothing of what their runs are given and give is kept.

const SECRET = 'the patient is 42'

let server: TestApp
let projectId: string
beforeAll(async () => {
  server = await testApp({ user: 'ada', components: catalog })
  await server.listen()
  projectId = (await server.client.call(createProject, { body: { name: 'Ward' } })).id
  await choose(false)
})
afterAll(() => server.close())

const choose = (stores_payloads: boolean) =>
  server.client.call(updateProject, { params: { project_id: projectId }, body: { stores_payloads } })

const stored = (data: BuiltFlow, folder_id: string | null = projectId) =>
  storeFlow(server, data, { folder_id, mcp_enabled: true, action_name: 'repeat' })

const post = (url: string, payload: object) =>
  server.app.inject({ method: 'POST', url, headers: { 'x-api-key': server.apiKey }, payload })

/** All that is kept of the runs of a flow, once one has ended. */
async function keptOf(flowId: string) {
  const runs = () => server.storage.runs.list({ userId: server.user.id, flowId })
  await expect.poll(async () => (await runs())[0]?.endedAt ?? null).not.toBeNull()
  const [run] = await runs()
  const transactions = await server.client.call(listTransactions, { query: { flow_id: flowId } })
  return {
    run,
    steps: await server.storage.runs.steps(server.user.id, run?.id ?? ''),
    messages: await server.storage.messages.find({ userId: server.user.id, flowId, includeErrors: true }),
    transactions: transactions.items,
  }
}

test.each([
  ['the API', echoFlow, (id: string) => post(`/api/v1/run/${id}`, { input_value: SECRET })],
  [
    'the editor',
    echoFlow,
    (id: string) =>
      post(`/api/v1/build/${id}/flow?event_delivery=direct`, { inputs: { input_value: SECRET, session: 's' } }),
  ],
  ['a webhook', hookFlow, (id: string) => post(`/api/v1/webhook/${id}`, { said: SECRET })],
  [
    'an MCP client',
    echoFlow,
    (_id: string) =>
      post(`/api/v1/mcp/project/${projectId}/streamable`, {
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name: 'repeat', arguments: { input_value: SECRET } },
      }),
  ],
])('a run by %s leaves that it was, and not what was said', async (name, build, run) => {
  const id = await stored(build())
  if (name === 'an MCP client') {
    const others = await server.storage.flows.headers(server.user.id, { projectId })
    for (const other of others.filter((one) => one.id !== id))
      await server.storage.flows.remove(server.user.id, [other.id])
  }
  const answer = await run(id)
  expect(answer.statusCode).toBeLessThan(300)
  if (name !== 'a webhook') expect(answer.body).toContain(SECRET)
  const kept = await keptOf(id)
  expect(kept).toMatchObject({
    run: { status: 'succeeded', isPrivate: true },
    steps: [],
    messages: [],
    transactions: [],
  })
  expect(JSON.stringify(kept)).not.toContain(SECRET)
})

test('a run that fails leaves where, and not why', async () => {
  const unreachable = { api_key: 'k', openai_api_base: 'http://10.0.0.1/v1' }
  const id = await stored(
    flow(
      {
        ask: component('ChatInput'),
        model: { component: component('OpenAIModel'), set: unreachable },
        say: component('ChatOutput'),
      },
      ['ask.message -> model.input_value', 'model.text_output -> say.input_value'],
    ),
  )
  await post(`/api/v1/run/${id}`, { input_value: SECRET })
  const { run } = await keptOf(id)
  expect(run).toMatchObject({ status: 'failed', error: null, failedNodeId: 'OpenAIModel-model' })
  const { runs } = await server.client.call(listRuns, { query: { flow_id: id } })
  expect(await server.client.call(readRun, { params: { run_id: runs[0]?.id ?? '' } })).toMatchObject({
    is_private: true,
    input: null,
    steps: [],
  })
})

test('within a private run a conversation is known, and gone afterwards', async () => {
  const id = await stored(
    flow(
      {
        ask: component('ChatInput'),
        memory: { component: component('Memory'), set: { mode: 'Retrieve' } },
        say: component('ChatOutput'),
      },
      ['ask.message -> say.input_value'],
    ),
  )
  for (const text of ['first', 'second']) {
    const answer = await server.client.call(runFlow, {
      params: { flow_id_or_name: id },
      body: { input_value: text, session_id: 'talk', output_type: 'any' },
    })
    expect(JSON.stringify(answer)).toContain(text)
  }
  expect((await keptOf(id)).messages).toEqual([])
})

test('what a private run begins in another project is private too', async () => {
  const inner = await stored(echoFlow(), null)
  const outer = await stored(
    flow(
      {
        ask: component('ChatInput'),
        inner: {
          component: component('RunFlow'),
          set: { flow_id_selected: inner, 'ChatInput-ask~input_value': SECRET },
        },
        say: component('ChatOutput'),
      },
      ['inner.flow_outputs_message -> say.input_value'],
    ),
  )
  expect((await post(`/api/v1/run/${outer}`, { input_value: 'go' })).body).toContain(SECRET)
  const kept = await keptOf(inner)
  expect(kept).toMatchObject({ run: { isPrivate: true }, steps: [], messages: [] })
  expect(JSON.stringify(kept)).not.toContain(SECRET)
})

test('asked to keep them again, later runs are kept; a new project keeps them from the start', async () => {
  await choose(true)
  expect(await server.client.call(readProject, { params: { project_id: projectId } })).toMatchObject({
    stores_payloads: true,
  })
  const id = await stored(echoFlow())
  await post(`/api/v1/run/${id}`, { input_value: SECRET })
  const { run, steps, messages } = await keptOf(id)
  expect(run).toMatchObject({ isPrivate: false, said: SECRET, answered: SECRET })
  expect([steps.length, messages.length]).toEqual([2, 2])
  await choose(false)
})
