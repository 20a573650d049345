import { catalog } from '@runnel/components/catalog'
import {
  cancelFlowTestRun,
  createFlowTest,
  deleteFlowTest,
  type FlowTestWrite,
  listFlowTestRuns,
  listFlowTests,
  readFlowTestRun,
  readTestScores,
  replaceFlowTest,
  runFlowTests,
} from '@runnel/protocol/flow-tests'
import { createFlowVersion } from '@runnel/protocol/flow-versions'
import { deleteFlow, updateFlow } from '@runnel/protocol/flows'
import { listRuns } from '@runnel/protocol/monitor'
import { createProject } from '@runnel/protocol/projects'
import { publishFlow } from '@runnel/protocol/publications'
import { createVariable } from '@runnel/protocol/variables'
import { chatServer } from '@runnel/testing/chat-server'
import { type BuiltFlow, flow } from '@runnel/testing/flow-builder'
import { providerServer, reply, replyHanging } from '@runnel/testing/provider-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { component, echoFlow, graphOf, modelFlow, storeFlow } from '../test-flows.ts'

let server: TestApp
beforeAll(async () => {
  server = await testApp({ user: 'ada', components: catalog })
})
afterAll(() => server.close())

const greets = {
  name: 'Greets',
  input_value: 'Good day',
  check: 'contains',
  expected: 'good',
  ignore_case: true,
} as const

/** Says a text of its own before what it is told. */
const saying = (text: string): BuiltFlow =>
  flow(
    {
      ask: component('ChatInput'),
      prompt: { component: component('Prompt'), set: { template: `${text} {said}`, said: '' } },
      say: component('ChatOutput'),
    },
    ['ask.message -> prompt.said', 'prompt.prompt -> say.input_value'],
  )

/** A stored flow, and what its tests call. */
async function withFlow(data: BuiltFlow = echoFlow(), more: object = {}) {
  const { client, lifecycle } = server
  const flow_id = await storeFlow(server, data, more)
  const params = { flow_id }
  const read = (id: string) => client.call(readFlowTestRun, { params: { ...params, test_run_id: id } })
  return {
    flow_id,
    params,
    read,
    add: (part: Partial<FlowTestWrite> = {}) => client.call(createFlowTest, { params, body: { ...greets, ...part } }),
    list: async () => (await client.call(listFlowTests, { params })).tests,
    begin: (body: object = {}) => client.call(runFlowTests, { params, body }),
    async run(body: object = {}) {
      const { id } = await client.call(runFlowTests, { params, body })
      await lifecycle.idle()
      return read(id)
    },
  }
}

test('a test is added, listed, changed and removed', async () => {
  const { client } = server
  const { params, add, list, run } = await withFlow()
  const made = await add()
  expect(made).toMatchObject({ ...greets, tweaks: {}, judge: null, last: null })
  await run()
  expect(await list()).toEqual([{ ...made, last: { ...(await list())[0]?.last, passed: true } }])
  const ids = { ...params, test_id: made.id }
  const changed = await client.call(replaceFlowTest, { params: ids, body: { ...greets, name: 'Says hello' } })
  expect(await list()).toEqual([changed])
  expect(changed).toMatchObject({ id: made.id, name: 'Says hello', last: null })
  await client.call(deleteFlowTest, { params: ids })
  expect(await list()).toEqual([])
  await expect(client.call(deleteFlowTest, { params: ids })).rejects.toMatchObject({ status: 404 })
})

test.each<[string, Partial<FlowTestWrite>, string]>([
  ['without anything expected', { expected: ' ' }, 'Say what is expected'],
  ['with a broken pattern', { check: 'regex', expected: '(' }, 'no regular expression'],
  ['with a broken schema', { check: 'schema', expected: '{"type":"nothing"}' }, 'type must be'],
  ['with no name', { name: ' ' }, 'name'],
])('a test %s is refused', async (_, part, why) => {
  const { add } = await withFlow()
  await expect(add(part)).rejects.toMatchObject({ status: 422, message: expect.stringContaining(why) })
})

test('tests run the draft, each in a session that leaves no messages, and tell what they gave', async () => {
  const { flow_id, add, run } = await withFlow(saying('Dear'))
  const [passing, failing] = [await add({ expected: 'dear good day' }), await add({ check: 'equals', expected: 'Bye' })]
  const ended = await run()
  expect(ended).toMatchObject({
    target: 'draft',
    version: null,
    is_whole: true,
    status: 'completed',
    total: 2,
    passed: 1,
    score: 0.5,
    results: [
      { test_id: passing.id, state: 'passed', actual: 'Dear Good day', reason: null },
      { test_id: failing.id, state: 'failed', expected: 'Bye', actual: 'Dear Good day', reason: { code: 'differs' } },
    ],
  })
  const { runs } = await server.client.call(listRuns, { query: { flow_id, kind: ['eval'] } })
  expect(runs.map(({ id }) => id).toSorted()).toEqual(ended.results.map(({ run_id }) => run_id).toSorted())
  expect(new Set(runs.map(({ session_id }) => session_id)).size).toBe(2)
  expect(await server.storage.messages.find({ userId: server.user.id, flowId: flow_id })).toEqual([])
})

test('some tests run alone, with values of their own, and their score is in no chart', async () => {
  const { flow_id, add, list, run } = await withFlow(saying('Dear'))
  await add()
  const tweaked = await add({
    check: 'equals',
    expected: 'Hello Good day',
    tweaks: { 'Prompt-prompt': { template: 'Hello {said}' } },
  })
  expect(await run({ tests: [tweaked.id] })).toMatchObject({ is_whole: false, passed: 1, total: 1, score: 1 })
  expect((await list()).map(({ last }) => last?.passed)).toEqual([undefined, true])
  expect(await server.client.call(readTestScores, { query: { flow_id } })).toEqual({ runs: [] })
})

test('published and saved versions are tested as they were', async () => {
  const { client } = server
  const { params, flow_id, add, run } = await withFlow(saying('Dear'))
  await add({ check: 'equals', expected: 'Dear Good day' })
  await client.call(publishFlow, { params, body: {} })
  const saved = await client.call(createFlowVersion, { params, body: {} })
  await client.call(updateFlow, { params, body: { data: graphOf(saying('Hello')) } })
  expect(await run()).toMatchObject({ target: 'draft', score: 0 })
  expect(await run({ published_version: 1 })).toMatchObject({ target: 'published', version: 1, score: 1 })
  expect(await run({ saved_version_id: saved.id })).toMatchObject({ target: 'saved', version: 1, score: 1 })
  const { runs } = await client.call(listFlowTestRuns, { params })
  expect(runs.map(({ target }) => target)).toEqual(['saved', 'published', 'draft'])
  const scores = await client.call(readTestScores, { query: { flow_id } })
  expect(scores.runs.map(({ score }) => score)).toEqual([0, 1, 1])
})

test('what cannot be tested is refused', async () => {
  const { flow_id, add, begin } = await withFlow()
  await expect(begin()).rejects.toMatchObject({ status: 422 })
  await add()
  await expect(begin({ tests: [flow_id] })).rejects.toMatchObject({ status: 404 })
  await expect(begin({ published_version: 1 })).rejects.toMatchObject({ status: 404 })
  await expect(begin({ saved_version_id: flow_id })).rejects.toMatchObject({ status: 404 })
  await expect(begin({ saved_version_id: flow_id, published_version: 1 })).rejects.toMatchObject({ status: 422 })
})

test('a run that fails fails its test with the reason', async () => {
  await using models = await providerServer(reply({ error: { message: 'Wrong key' } }, { status: 401 }))
  const { add, run } = await withFlow(modelFlow(models.url))
  await add()
  const { results, score } = await run()
  expect(score).toBe(0)
  expect(results).toMatchObject([{ state: 'failed', actual: null, reason: { code: 'run_failed' } }])
  expect(results[0]?.reason?.detail).toContain('Wrong key')
})

test('a model judges by a rubric, and what it says is no verdict unless it is one', async () => {
  const said = ['PASS\nPolite.', 'FAIL\nIt is rude.', 'I think it is fine']
  let asked = 0
  await using models = await chatServer(() => said[asked++] ?? '')
  const { add, list, run } = await withFlow()
  const body = (name: string, value: string) => ({ name, value, type: 'Credential' as const, default_fields: [] })
  await server.client.call(createVariable, { body: body('OPENAI_API_KEY', 'sk-1') })
  await server.client.call(createVariable, { body: body('OPENAI_BASE_URL', models.url) })
  await add({ check: 'judge', expected: 'Is it polite?', judge: { provider: 'OpenAI', name: 'gpt-4o-mini' } })
  expect(await run()).toMatchObject({ score: 1 })
  expect(await run()).toMatchObject({ results: [{ reason: { code: 'judged', detail: 'It is rude.' } }] })
  expect(await run()).toMatchObject({ results: [{ reason: { code: 'no_verdict', detail: 'I think it is fine' } }] })
  expect(models.requests[0]?.messages.at(-1)?.text).toContain('Is it polite?')
  expect((await list())[0]?.last?.passed).toBe(false)
})

test('a run of tests is cancelled, one goes on at a time, and the rest is skipped', async () => {
  const { client } = server
  await using upstream = await providerServer(replyHanging())
  const { params, add, begin, read } = await withFlow(modelFlow(upstream.url))
  for (let at = 0; at < 4; at++) await add({ name: `Test ${at}` })
  const { id } = await begin()
  await expect.poll(() => upstream.requests.length).toBe(3)
  await expect
    .poll(async () => (await read(id)).results.map(({ state }) => state))
    .toEqual(['running', 'running', 'running', 'waiting'])
  await expect(begin()).rejects.toMatchObject({ status: 409 })
  const ids = { ...params, test_run_id: id }
  expect(await client.call(cancelFlowTestRun, { params: ids })).toMatchObject({ status: 'cancelled', score: null })
  await server.lifecycle.idle()
  const { status, results } = await read(id)
  expect([status, ...results.map(({ state }) => state)]).toEqual(['cancelled', ...Array(4).fill('skipped')])
  await expect(client.call(cancelFlowTestRun, { params: ids })).rejects.toMatchObject({ status: 409 })
})

test('answers of a project that keeps nothing of its runs are not kept', async () => {
  const { id } = await server.client.call(createProject, { body: { name: 'Private' } })
  await server.storage.projects.update(server.user.id, id, { storesPayloads: false })
  const { add, run } = await withFlow(echoFlow(), { folder_id: id })
  await add({ check: 'schema', expected: '{"type":"object"}' })
  expect((await run()).results).toMatchObject([{ actual: null, reason: { code: 'no_json', detail: '' } }])
})

test('tests of a flow of another user are answered as if they did not exist, and go with their flow', async () => {
  const { client } = await server.person('eve')
  const { params, add, run } = await withFlow()
  const { id } = await add()
  const ended = await run()
  const body = { ...greets }
  const test_run_id = ended.id
  for (const attempt of [
    () => client.call(listFlowTests, { params }),
    () => client.call(createFlowTest, { params, body }),
    () => client.call(replaceFlowTest, { params: { ...params, test_id: id }, body }),
    () => client.call(deleteFlowTest, { params: { ...params, test_id: id } }),
    () => client.call(runFlowTests, { params, body: {} }),
    () => client.call(listFlowTestRuns, { params }),
    () => client.call(readFlowTestRun, { params: { ...params, test_run_id } }),
    () => client.call(cancelFlowTestRun, { params: { ...params, test_run_id } }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ status: 404 })
  }
  await expect(client.call(readTestScores, { query: { scope: 'instance' } })).rejects.toMatchObject({ status: 403 })
  await server.client.call(deleteFlow, { params })
  expect(await server.storage.flowTests.list(server.user.id, params.flow_id)).toEqual([])
})

test('a run of tests that another process has left is told as cut off, and another may begin', async () => {
  const { flow_id, add, run, read } = await withFlow()
  await add()
  const { flowTests } = server.storage
  const ended = await run()
  const stored = await flowTests.findRun(server.user.id, flow_id, ended.id)
  if (!stored) throw new Error('It was just read')
  const at = server.clock.now()
  const left = { ...stored, id: flow_id, status: 'running', endedAt: null, startedAt: at + 1, updatedAt: at } as const
  await flowTests.addRun(left, { keep: 9 })
  expect(await read(left.id)).toMatchObject({ status: 'running' })
  server.clock.advance(3_600_000)
  expect(await read(left.id)).toMatchObject({ status: 'interrupted' })
  expect(await run()).toMatchObject({ status: 'completed' })
})
