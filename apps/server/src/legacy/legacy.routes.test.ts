import { catalog } from '@runnel/components/catalog'
import { createFlow } from '@runnel/protocol/flows'
import { newId } from '@runnel/protocol/id'
import { readTask, stopTask } from '@runnel/protocol/legacy'
import { listRuns } from '@runnel/protocol/monitor'
import { runFlow } from '@runnel/protocol/runs'
import type { RunRecord } from '@runnel/storage/run-records'
import { aQueuedRun, aRun, aStep } from '@runnel/storage/test-records'
import { type BuiltFlow, flow } from '@runnel/testing/flow-builder'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, type TestPerson, testApp } from '../test-app.ts'
import { component, echoFlow, storeFlow } from '../test-flows.ts'

let server: TestApp
let eve: TestPerson
beforeAll(async () => {
  server = await testApp({ user: 'ada', components: catalog })
  eve = await server.person('eve')
})
afterAll(() => server.close())

describe('process and predict', () => {
  const post = (path: string, payload?: string, headers: Record<string, string> = { 'x-api-key': server.apiKey }) =>
    server.app.inject({ method: 'POST', url: `/api/v1/${path}`, headers, ...(payload && { payload }) })
  const detail = 'The /process endpoint is deprecated and will be removed in a future version. Please use /run instead.'

  test.each([
    ['process/my-flow', '{"inputs":{}}'],
    ['predict/my-flow', undefined],
    ['process/my-flow', 'no json at all'],
  ])('%s with %s names its successor', async (path, payload) => {
    const answer = await post(path, payload)
    expect([answer.statusCode, answer.json()]).toEqual([400, { detail }])
    expect(answer.headers).toMatchObject({
      deprecation: 'true',
      link: '</api/v1/run/my-flow>; rel="successor-version"',
    })
  })

  test('answer only those who may call', async () => {
    expect((await post('process/x', undefined, {})).statusCode).toBe(403)
    expect((await post('predict/x', undefined, { 'x-api-key': 'wrong' })).statusCode).toBe(403)
  })

  test('put no markup into the link', async () => {
    const { headers } = await post('process/a%3E%0D%0Ax')
    expect(headers.link).toBe('</api/v1/run/a%3E%0D%0Ax>; rel="successor-version"')
  })
})

describe('a task', () => {
  const task = (task_id: string) => server.client.call(readTask, { params: { task_id } })

  async function ran(name: string, data: BuiltFlow): Promise<string> {
    const id = await storeFlow(server, data, { name })
    const body = { input_value: 'hello', session_id: 'chat' }
    await server.client.request(runFlow, { params: { flow_id_or_name: id }, body })
    const { runs } = await server.client.call(listRuns, { query: { flow_id: id } })
    return runs[0]?.id ?? ''
  }

  test('that waits is stopped, once and for all, by its owner alone', async () => {
    const data = { nodes: [], edges: [] }
    const { id: flowId } = await server.client.call(createFlow, { body: { name: 'Waits', data } })
    const waiting = aQueuedRun(server.user.id, flowId)
    await server.storage.runs.record(waiting)
    const stop = (client = server.client) => client.call(stopTask, { params: { task_id: waiting.run.id } })
    await expect(stop(eve.client)).rejects.toMatchObject({ status: 404, detail: 'Task not found' })
    const revoked = { status: 'REVOKED', result: null }
    await expect(stop()).resolves.toEqual(revoked)
    await expect(stop()).resolves.toEqual(revoked)
    await expect(task(waiting.run.id)).resolves.toEqual(revoked)
  })

  test('that is none in the background is not stopped', async () => {
    const data = { nodes: [], edges: [] }
    const { id: flowId } = await server.client.call(createFlow, { body: { name: 'Goes on', data } })
    const run = aRun(server.user.id, flowId, { status: 'running' })
    await server.storage.runs.record({ run, messages: [], steps: [] })
    const stopping = server.client.call(stopTask, { params: { task_id: run.id } })
    await expect(stopping).rejects.toMatchObject({ status: 409, code: 'task_not_background' })
  })

  test('that succeeded has the result of its run', async () => {
    const echo = echoFlow()
    const { status, result } = await task(await ran('Echo', echo))
    expect(status).toBe('SUCCESS')
    expect(result).toMatchObject({ session_id: 'chat', outputs: [{ inputs: {}, outputs: [{}] }] })
    expect(JSON.parse(JSON.stringify(result)).outputs[0].outputs[0]).toMatchObject({
      component_id: 'ChatOutput-say',
      results: { message: { text: 'hello' } },
      outputs: { message: { message: 'hello', type: 'text' } },
    })
  })

  test('of a flow without a chat output has the results nothing follows', async () => {
    const { result } = await task(await ran('Only input', flow({ ask: component('ChatInput') })))
    expect(result).toMatchObject({ outputs: [{ outputs: [{ component_id: 'ChatInput-ask' }] }] })
  })

  async function kept(part: Partial<RunRecord>): Promise<string> {
    const { id } = await server.client.call(createFlow, { body: { name: `flow ${newId()}` } })
    const run = aRun(server.user.id, id, { kind: 'webhook', ...part })
    const why = 'Error building Component OpenAI: \n\nInvalid key'
    const steps = run.failedNodeId ? [aStep(run, run.failedNodeId, { valid: false, error: why })] : []
    await server.storage.runs.record({ run, messages: [], steps })
    return run.id
  }

  test.each<[Partial<RunRecord>, unknown]>([
    [
      { status: 'queued', endedAt: null },
      { status: 'PENDING', result: null },
    ],
    [
      { status: 'running', endedAt: null },
      { status: 'PENDING', result: null },
    ],
    [{ status: 'cancelled' }, { status: 'REVOKED', result: null }],
    [
      { status: 'failed', error: 'interrupted' },
      { status: 'FAILURE', result: { error: 'interrupted' } },
    ],
    [
      { status: 'failed', error: 'Invalid key', failedNodeId: 'OpenAIModel-m' },
      { status: 'FAILURE', result: { error: 'Error building Component OpenAI: \n\nInvalid key' } },
    ],
    [
      { status: 'succeeded' },
      { status: 'SUCCESS', result: { session_id: 'session', outputs: [{ inputs: {}, outputs: [] }] } },
    ],
  ])('of a run that is %j tells so', async (part, answer) => {
    expect(await task(await kept(part))).toEqual(answer)
  })

  test('that does not exist, or is another user’s, is 404', async () => {
    const id = await kept({ status: 'succeeded' })
    for (const task_id of [id, newId()]) {
      await expect(eve.client.call(readTask, { params: { task_id } })).rejects.toMatchObject({
        status: 404,
        detail: 'Task not found',
      })
    }
    expect((await server.app.inject(`/api/v1/task/${id}`)).statusCode).toBe(403)
    await expect(task('not-an-id')).rejects.toMatchObject({ status: 422 })
  })
})
