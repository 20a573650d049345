import { randomUUID } from 'node:crypto'
import { catalog } from '@runnel/components/catalog'
import { newId } from '@runnel/protocol/id'
import { createKnowledgeBase } from '@runnel/protocol/knowledge-bases'
import { type Component, defineComponent, message } from '@runnel/sdk'
import { flow } from '@runnel/testing/flow-builder'
import { stillTime } from '@runnel/testing/still-time'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { virtualFlowId } from '../runs/visitor-history.ts'
import { type TestApp, testApp } from '../test-app.ts'
import { component, echoFlow } from '../test-flows.ts'
import { type BuildCalls, buildCalls, outline, recordsOf, sayingVariable } from './test-build.ts'

let server: TestApp
let ada: BuildCalls
const stranger = () => buildCalls(server, {})
beforeAll(async () => {
  server = await testApp({ user: 'ada', components: catalog })
  ada = buildCalls(server, { 'x-api-key': server.apiKey })
})
afterAll(() => server.close())

/** A server of its own, with other components. */
async function ownServer(components: readonly Component[]) {
  const made = await testApp({ user: 'ada', components })
  return {
    server: made,
    ada: buildCalls(made, { 'x-api-key': made.apiKey }),
    [Symbol.asyncDispose]: () => made.close(),
  }
}

const publicFlow = (data: unknown = echoFlow()) => ada.store(data, { access_type: 'PUBLIC' })
const visitor = (clientId: string) => {
  const headers = { cookie: `client_id=${clientId}` }
  const calls = buildCalls(server, headers)
  return {
    ...calls,
    start: (id: string, body?: unknown, query = '') => calls.post(`/api/v1/build_public_tmp/${id}/flow${query}`, body),
  }
}

test('a visitor builds a public flow and reads it without credentials, at both addresses', async () => {
  const id = await publicFlow()
  const started = await visitor('v-1').start(id, { inputs: { input_value: 'hello' } })
  expect(started.statusCode).toBe(200)
  const job = String(started.json().job_id)
  const events = await stranger().events(job)
  expect(outline(recordsOf(events.body))).toEqual(['add_message', 'add_message', 'end'])
  const newer = await server.app.inject({ url: `/api/v1/build_public_tmp/${job}/events` })
  expect(newer.body).toBe(events.body)
  for (const url of [`/api/v1/build/${job}/cancel`, `/api/v1/build_public_tmp/${job}/cancel`]) {
    expect((await stranger().post(url)).json()).toMatchObject({ success: true })
  }
})

test('visitors are told what is said, and nothing of the flow', async () => {
  const fill = { component: component('Prompt'), set: { template: 'a secret prompt of {q}', q: '' } }
  const ends = { ask: component('ChatInput'), fill, say: component('ChatOutput') }
  const id = await publicFlow(flow(ends, ['ask.message -> fill.q']))
  const answer = await visitor('v-1').start(id, { inputs: { input_value: 'hello' } }, '?event_delivery=direct')
  expect(answer.body).toContain('hello')
  for (const hidden of ['secret prompt', 'Prompt', 'ChatInput', 'ChatOutput']) expect(answer.body).not.toContain(hidden)

  const broken = flow({ ask: component('ChatInput'), count: component('Agent'), say: component('ChatOutput') }, [
    'ask.message -> count.input_value',
    'count.response -> say.input_value',
  ])
  const failed = await visitor('v-1').start(await publicFlow(broken), {}, '?event_delivery=direct')
  const error = recordsOf(failed.body).find(({ event }) => event === 'error')
  expect(error?.data).toMatchObject({ text: 'The flow could not answer.', content_blocks: [], sender_name: '' })
  expect(failed.body).not.toContain('Agent')
})

test('may be delivered directly', async () => {
  const answer = await visitor('v-1').start(await publicFlow(), {}, '?event_delivery=direct')
  expect(outline(recordsOf(answer.body)).at(-1)).toBe('end')
})

test('each visitor has a history of their own, apart from the owner’s', async () => {
  const id = await publicFlow()
  const said = async (client: string, text: string, session?: string) => {
    const started = await visitor(client).start(id, { inputs: { input_value: text, ...(session && { session }) } })
    const records = recordsOf((await stranger().events(started.json().job_id)).body)
    return records.find(({ event }) => event === 'add_message')?.data as unknown as {
      flow_id: string
      session_id: string
    }
  }
  const [one, two] = [virtualFlowId('v-1', id), virtualFlowId('v-2', id)]
  expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(two).not.toBe(one)
  expect(await said('v-1', 'mine')).toMatchObject({ flow_id: one, session_id: one })
  expect(await said('v-2', 'also mine')).toMatchObject({ flow_id: two, session_id: two })
  expect(await said('v-2', 'theirs', one)).toMatchObject({ flow_id: two, session_id: `${two}:${one}` })
  expect(await said('v-1', 'named', 'Monday')).toMatchObject({ session_id: `${one}:Monday` })
  expect(await said('v-1', 'again', `${one}:Monday`)).toMatchObject({ session_id: `${one}:Monday` })

  const { messages, runs } = server.storage
  const owner = { userId: server.user.id }
  expect(await messages.find({ ...owner, flowId: id })).toEqual([])
  expect((await messages.find({ ...owner, flowId: one, sessionId: one })).map(({ text }) => text)).toEqual([
    'mine',
    'mine',
  ])
  expect(await runs.list({ ...owner, flowId: id })).toEqual([])
  expect(await runs.latestSteps(server.user.id, id)).toEqual([])
})

test('the virtual flow is the UUID that Langflow makes of both ids', () => {
  // Python: uuid.uuid5(uuid.NAMESPACE_DNS, 'a_b')
  expect(virtualFlowId('a', 'b')).toBe('ab75995c-0dec-5499-916c-6e737ea91aef')
})

test('what visitors may not do is refused', async () => {
  const id = await publicFlow()
  const bare = await stranger().post(`/api/v1/build_public_tmp/${id}/flow`, {})
  expect(bare.statusCode).toBe(400)
  expect(bare.json()).toEqual({ detail: 'No client_id cookie found' })
  for (const hidden of [await ada.store(echoFlow()), newId()]) {
    const answer = await visitor('v-1').start(hidden, {})
    expect(answer.statusCode).toBe(404)
    expect(answer.json()).toEqual({ detail: 'Flow not found' })
  }
  const foreign = await visitor('v-1').start(id, { data: echoFlow() })
  expect(foreign.statusCode).toBe(400)
  expect(foreign.json().detail).toContain('Leave out "data"')
  expect((await visitor('v-1').start(id, { files: [`${id}/secret.txt`] })).statusCode).toBe(400)
  expect((await visitor('v-1').start(id, { files: [], data: null })).statusCode).toBe(200)
  expect((await visitor('v-1').start(id, {}, '?stop_component_id=Gone-1')).statusCode).toBe(400)
})

test('the owner chooses what visitors learn of the steps of agents, and what their page says', async () => {
  const blocks = [
    {
      title: 'Agent Steps',
      contents: [{ type: 'tool_use', header: { title: 'Search' }, tool_input: 'a secret' }],
      allow_markdown: true,
      media_url: null,
    },
  ]
  const steps = defineComponent({
    type: 'Steps',
    displayName: 'Steps',
    description: 'Says what it did',
    icon: 'hash',
    category: 'tests',
    inputs: {},
    outputs: {
      said: {
        type: 'Message',
        label: 'Said',
        method: 'said',
        run: () => message('Done', { content_blocks: blocks }),
      },
    },
  })
  await using own = await ownServer([...catalog, steps])
  const id = await own.ada.store(flow({ steps, say: component('ChatOutput') }, ['steps.said -> say.input_value']), {
    access_type: 'PUBLIC',
  })
  const address = `/api/v1/flows/${id}/sharing`
  const headers = { 'x-api-key': own.server.apiKey }
  const visit = async (): Promise<string> => {
    const calls = buildCalls(own.server, { cookie: 'client_id=v-1' })
    const said = await calls.post(`/api/v1/build_public_tmp/${id}/flow?event_delivery=direct`, {})
    const page = await own.server.app.inject({ url: `/api/v1/flows/public_flow/${id}` })
    return JSON.stringify([page.json().built_with, said.body.includes('Search'), said.body.includes('a secret')])
  }
  expect((await own.server.app.inject({ url: address, headers })).json()).toEqual({
    agent_steps: 'titles',
    built_with: true,
    embedded_in: [],
  })
  expect(await visit()).toBe('[true,true,false]')
  const choose = (agent_steps: string) =>
    own.server.app.inject({ method: 'PUT', url: address, headers, payload: { agent_steps, built_with: false } })
  await choose('none')
  expect(await visit()).toBe('[false,false,false]')
  await choose('full')
  expect(await visit()).toBe('[false,true,true]')
  const eve = await own.server.person('eve')
  const foreign = await own.server.app.inject({ url: address, headers: { 'x-api-key': eve.apiKey } })
  expect(foreign.statusCode).toBe(404)
})

test('visitors give the variables of the owner no other values', async () => {
  const saying = sayingVariable(component('TextInput'), component('ChatOutput'), 'BASE_URL')
  await ada.post('/api/v1/variables/', { name: 'BASE_URL', value: 'of the owner', type: 'Generic' })
  const visited = await visitor('v-1').start(
    await publicFlow(saying),
    { variables: { BASE_URL: 'of a visitor' } },
    '?event_delivery=direct',
  )
  expect(visited.body).toContain('of the owner')
  expect(visited.body).not.toContain('of a visitor')
})

test('visitors do not reach the knowledge bases of the owner', async () => {
  const body = { name: 'private-notes', embedding_provider: 'Built-in', embedding_model: 'hashing-384' }
  await server.client.call(createKnowledgeBase, { body })
  const find = { component: component('KnowledgeRetrieval'), set: { knowledge_base: 'private-notes' } }
  const read = { component: component('ParserComponent'), set: { mode: 'Stringify' } }
  const data = flow({ ask: component('ChatInput'), find, read, say: component('ChatOutput') }, [
    'ask.message -> find.search_query',
    'find.retrieve_data -> read.input_data',
    'read.parsed_text -> say.input_value',
  ])
  const id = await publicFlow(data)
  expect(outline(await ada.build(id, { inputs: { input_value: 'x' } }))).toContain('end')
  const visited = await visitor('v-1').start(id, { inputs: { input_value: 'x' } }, '?event_delivery=direct')
  expect(outline(recordsOf(visited.body))).toContain('error')
  expect(visited.body).not.toContain('private-notes')
})

test('visitors read the files a flow names, and reach nothing else that is the owner’s', async () => {
  const said = component('ChatOutput')
  const ask = component('ChatInput')
  const local = { storage_location: [{ name: 'Local' }], file_name: 'notes', local_format: 'txt' }
  const keep = { component: component('SaveToFile'), set: local }
  const writing = flow({ ask, keep, said }, ['ask.message -> keep.input', 'keep.message -> said.input_value'])
  await ada.build(await ada.store(writing), { inputs: { input_value: 'kept by ada' } })
  const [kept] = (await server.app.inject({ url: '/api/v2/files', headers: { 'x-api-key': server.apiKey } })).json()
  const read = { component: component('ParserComponent'), set: { mode: 'Stringify' } }
  const rows = (type: string, output: string, set: Readonly<Record<string, unknown>>) =>
    flow({ rows: { component: component(type), set }, read, said }, [
      `rows.${output} -> read.input_data`,
      'read.parsed_text -> said.input_value',
    ])
  const trials = {
    named: JSON.parse(
      JSON.stringify(flow({ file: component('File'), said }, ['file.message -> said.input_value'])).replaceAll(
        '"file_path":""',
        `"file_path":["${kept.path}"]`,
      ),
    ),
    folder: rows('Directory', 'dataframe', { path: '.', types: ['txt'] }),
    database: rows('SQLComponent', 'run_sql_query', { database_url: 'sqlite:///:memory:', query: 'select 1' }),
    writing,
  }
  const fails = (records: ReturnType<typeof recordsOf>) => outline(records).includes('error')
  for (const [name, data] of Object.entries(trials)) {
    const id = await publicFlow(data)
    const inputs = { inputs: { input_value: 'x' } }
    const own = fails(await ada.build(id, inputs))
    const visited = await visitor('v-1').start(id, inputs, '?event_delivery=direct')
    expect({ name, own, visitor: fails(recordsOf(visited.body)) }).toEqual({
      name,
      own: false,
      visitor: name !== 'named',
    })
  }
})

test('visitors run custom components only where the operator allows it', async () => {
  const source = `import { defineComponent } from 'runnel'
export default defineComponent({
  displayName: 'Six', inputs: {}, outputs: { six: { type: 'Message', run: () => 'six' } },
})`
  const described = await ada.post('/api/v1/custom_component', { code: source })
  const six = { component: component('CustomComponent'), set: {}, node: described.json().data }
  const data = flow({ six, said: component('ChatOutput') }, ['six.six -> said.input_value'])
  const allowing = await testApp({
    user: 'eve',
    components: catalog,
    env: { LANGFLOW_ALLOW_PUBLIC_CUSTOM_COMPONENTS: 'true' },
  })
  const visit = async (where: TestApp) => {
    const id = await buildCalls(where, { 'x-api-key': where.apiKey }).store(data, { access_type: 'PUBLIC' })
    const calls = buildCalls(where, { cookie: 'client_id=v-1' })
    return calls.post(`/api/v1/build_public_tmp/${id}/flow?event_delivery=direct`, {})
  }
  expect((await visit(allowing)).body).toContain('six')
  expect(outline(recordsOf((await visit(server)).body))).toContain('error')
  await allowing.close()
})

test('jobs of users are not found at the public addresses', async () => {
  const job = await ada.job(await publicFlow())
  expect((await server.app.inject({ url: `/api/v1/build_public_tmp/${job}/events` })).statusCode).toBe(404)
  expect((await stranger().post(`/api/v1/build_public_tmp/${job}/cancel`)).statusCode).toBe(404)
  expect((await server.app.inject({ url: `/api/v1/build_public_tmp/${randomUUID()}/events` })).statusCode).toBe(404)
})

test('frozen results of one visitor do not reach another, nor the owner', async () => {
  const data = flow(
    {
      ask: component('ChatInput'),
      fill: { component: component('Prompt'), set: { template: '{q}', q: '' }, node: { frozen: true } },
      say: component('ChatOutput'),
    },
    ['ask.message -> fill.q', 'fill.prompt -> say.input_value'],
  )
  const id = await publicFlow(data)
  const answerTo = async (client: string, text: string) => {
    const started = await visitor(client).start(id, { inputs: { input_value: text } })
    const records = recordsOf((await stranger().events(started.json().job_id)).body)
    return records.findLast(({ event }) => event === 'add_message')?.data.text
  }
  expect(await answerTo('v-1', 'secret of one')).toBe('secret of one')
  expect(await answerTo('v-2', 'two')).toBe('two')
  const own = await ada.build(id, { inputs: { input_value: 'owner' } })
  expect(own.findLast(({ event }) => event === 'add_message')?.data.text).toBe('owner')
})

test('one address builds one flow twenty times a minute', async () => {
  using _ = stillTime()
  const id = await publicFlow()
  for (let count = 0; count < 20; count++) expect((await visitor(`c-${count}`).start(id, {})).statusCode).toBe(200)
  const refused = await visitor('c-21').start(id, {})
  expect(refused.statusCode).toBe(429)
  expect(refused.headers['retry-after']).toBe('60')
  expect((await visitor('c-21').start(await publicFlow(), {})).statusCode).toBe(200)
  server.clock.advance(60_000)
  expect((await visitor('c-21').start(id, {})).statusCode).toBe(200)
})
