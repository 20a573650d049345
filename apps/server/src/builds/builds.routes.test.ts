import { catalog } from '@runnel/components/catalog'
import { newId } from '@runnel/protocol/id'
import type { JsonObject } from '@runnel/protocol/json'
import { flow } from '@runnel/testing/flow-builder'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { component, echoFlow } from '../test-flows.ts'
import { type BuildCalls, buildCalls, buildsOf, outline, recordsOf, sayingVariable } from './test-build.ts'
import { counter, countingFlow } from './test-counter.ts'

const chatInput = component('ChatInput')
const chatOutput = component('ChatOutput')

let server: TestApp
let ada: BuildCalls
beforeAll(async () => {
  server = await testApp({ user: 'ada', components: [...catalog, counter] })
  ada = buildCalls(server, { 'x-api-key': server.apiKey })
})
afterAll(() => server.close())

describe('a build', () => {
  test('is of a published version where one is named, whatever the draft has become', async () => {
    const id = await ada.store(echoFlow())
    expect((await ada.post(`/api/v1/publications/${id}`)).statusCode).toBe(201)
    const texts = async (query: string) =>
      buildsOf(await ada.build(id, { inputs: { input_value: 'Hi' }, data: countingFlow() }, query), 'Counter-count')
        .length
    expect([await texts(''), await texts('?published_version=1')]).toEqual([1, 0])
    const missing = await ada.start(id, {}, '?published_version=2')
    expect([missing.statusCode, missing.json().detail]).toEqual([404, 'No such published version'])
  })

  test('takes values of variables for itself alone', async () => {
    await ada.post('/api/v1/variables/', { name: 'Tone', value: 'stored', type: 'Generic' })
    const id = await ada.store(sayingVariable(component('TextInput'), chatOutput, 'Tone'))
    const said = async (body: object) =>
      (await ada.build(id, body)).flatMap(({ event, data }) => (event === 'add_message' ? data.text : []))
    expect(await said({ variables: { Tone: '今天' } })).toEqual(['今天'])
    expect(await said({})).toEqual(['stored'])
  })

  test('begins at once, and its events are streamed in the order of the nodes', async () => {
    const id = await ada.store(echoFlow())
    const started = await ada.start(id, { inputs: { input_value: 'Tell me 故事' } })
    expect(started.statusCode).toBe(200)
    expect(started.json()).toEqual({ job_id: expect.stringMatching(/^[0-9a-f-]{36}$/) })
    const answer = await ada.events(started.json().job_id)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toBe('application/x-ndjson')
    expect(answer.body).toMatch(/^\{"event": "vertices_sorted", "data": \{"ids": \["ChatInput-ask"\], "to_run": \[/)
    expect(answer.body).toMatch(/^[\0-\x7f]*\}\n\n$/)
    const records = recordsOf(answer.body)
    expect(outline(records)).toEqual([
      'vertices_sorted',
      'build_start',
      'add_message',
      'built ChatInput-ask',
      'add_message',
      'built ChatOutput-say',
      'end',
    ])
    expect(records[0]?.data).toEqual({ ids: ['ChatInput-ask'], to_run: ['ChatInput-ask', 'ChatOutput-say'] })
    expect(records[1]?.data).toEqual({})
    expect(records[2]?.data).toMatchObject({
      text: 'Tell me 故事',
      sender: 'User',
      session_id: id,
      data: { text: 'Tell me 故事' },
    })
    expect(records.at(-1)?.data).toEqual({ build_duration: expect.any(Number) })
  })

  test('tells everything about each node', async () => {
    const id = await ada.store(echoFlow())
    const records = await ada.build(id, { inputs: { input_value: 'Hi', session: 's-1' } })
    const chat = { message: 'Hi', sender: 'User', sender_name: 'User', files: [], type: 'object' }
    expect(records[3]?.data).toEqual({
      build_data: {
        id: 'ChatInput-ask',
        inactivated_vertices: [],
        next_vertices_ids: ['ChatOutput-say'],
        top_level_vertices: ['ChatOutput-say'],
        valid: true,
        params: '- Files: []\n  Message: Hi\n  Sender: User\n  Sender Name: User\n  Type: object\n',
        data: {
          results: { message: expect.objectContaining({ text: 'Hi', session_id: 's-1', flow_id: id }) },
          outputs: { message: { message: 'Hi', type: 'text' } },
          logs: { message: [] },
          message: chat,
          artifacts: chat,
          timedelta: expect.any(Number),
          duration: expect.stringMatching(/^\d+ ms$/),
          used_frozen_result: false,
          token_usage: null,
        },
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
      },
      output_meta: {
        component_id: 'ChatInput-ask',
        display_name: 'Chat Input',
        vertex_type: 'ChatInput',
        is_output: false,
        is_terminal: false,
        output_types: ['Message'],
      },
    })
    const last = records.at(-2)?.data as unknown as { build_data: object; output_meta: object }
    expect(last).toMatchObject({
      build_data: { next_vertices_ids: [], top_level_vertices: [] },
      output_meta: { is_output: true, is_terminal: true },
    })
  })

  test('cuts long values of nodes, not of messages', async () => {
    const id = await ada.store(echoFlow())
    const text = 'x'.repeat(7000)
    const records = await ada.build(id, { inputs: { input_value: text } })
    expect(records[2]?.data.text).toBe(text)
    expect(buildsOf(records, 'ChatInput-ask')[0]).toMatchObject({
      data: { outputs: { message: { message: `${'x'.repeat(6000)}...` } } },
    })
  })

  test('tells the whole of a long value when it is asked for, to its owner', async () => {
    const id = await ada.store(echoFlow())
    const text = 'x'.repeat(7000)
    await ada.build(id, { inputs: { input_value: text } })
    const read = (path: string, key = server.apiKey) =>
      server.app.inject({ url: `/api/v1/build/${path}`, headers: { 'x-api-key': key } })
    expect((await read(`${id}/nodes/ChatInput-ask/outputs/message`)).json()).toEqual({ message: text, type: 'text' })
    expect((await read(`${id}/nodes/ChatInput-ask/outputs/other`)).statusCode).toBe(404)
    expect((await read(`${newId()}/nodes/ChatInput-ask/outputs/message`)).statusCode).toBe(404)
  })

  test('of a draft gives what is pinned, and passes by what is switched off', async () => {
    const node = (more: JsonObject) => ({ component: counter, node: more })
    const built = (more: JsonObject) =>
      flow({ ask: chatInput, count: node(more), say: chatOutput }, [
        'ask.message -> count.input_value',
        'count.text -> say.input_value',
      ])
    const said = async (more: JsonObject) => {
      const records = await ada.build(await ada.store(built(more)), { inputs: { input_value: 'hello' } })
      return buildsOf(records, 'ChatOutput-say')[0]
    }
    expect(await said({ pinned_outputs: { text: 'pinned' } })).toMatchObject({
      data: { outputs: { message: { message: 'pinned' } } },
    })
    expect(await said({ disabled: 'pass' })).toMatchObject({ data: { outputs: { message: { message: 'hello' } } } })
    expect(await said({ disabled: 'stop' })).toBeUndefined()
  })

  test('keeps its messages, its run and the last build of each node', async () => {
    const id = await ada.store(echoFlow())
    const job = await ada.job(id, { inputs: { input_value: 'kept', session: 's-2' } })
    await ada.events(job)
    const messages = await server.storage.messages.find({ userId: server.user.id, flowId: id, sessionId: 's-2' })
    expect(messages.map(({ text }) => text)).toEqual(['kept', 'kept'])
    expect(await server.storage.runs.list({ userId: server.user.id, flowId: id })).toMatchObject([
      { id: job, kind: 'playground', status: 'succeeded', sessionId: 's-2' },
    ])
    const steps = await server.storage.runs.latestSteps(server.user.id, id)
    expect(steps.map(({ nodeId, valid }) => [nodeId, valid])).toEqual([
      ['ChatInput-ask', true],
      ['ChatOutput-say', true],
    ])
  })

  test.each([
    ['query', '?log_builds=false', undefined],
    ['body', '', { log_builds: false }],
    ['query rather than the body', '?log_builds=0', { log_builds: true }],
  ])('keeps no builds of nodes when the %s says so', async (_name, query, body) => {
    const id = await ada.store(echoFlow())
    await ada.build(id, body, query)
    expect(await server.storage.runs.latestSteps(server.user.id, id)).toEqual([])
    expect(await server.storage.runs.list({ userId: server.user.id, flowId: id })).toHaveLength(1)
  })

  test('may be of a graph that is not saved', async () => {
    const id = await ada.store(echoFlow())
    const records = await ada.build(id, { data: countingFlow(), inputs: { input_value: 'n' } })
    expect(outline(records)).toContain('built Counter-count')
    const saved = await ada.build(id, { inputs: { input_value: 'n' } })
    expect(outline(saved)).not.toContain('built Counter-count')
  })

  test('of an empty graph builds nothing', async () => {
    const records = await ada.build(await ada.store(echoFlow()), { data: { nodes: [], edges: [] } })
    expect(outline(records)).toEqual(['vertices_sorted', 'build_start', 'end'])
    expect(records[0]?.data).toEqual({ ids: [], to_run: [] })
  })

  test('runs with what is stored when no input is given', async () => {
    const data = flow({ ask: { component: chatInput, set: { input_value: 'stored' } }, say: chatOutput }, [
      'ask.message -> say.input_value',
    ])
    const records = await ada.build(await ada.store(data))
    expect(records[2]?.data.text).toBe('stored')
  })

  test('gives its input to the chat input, and to text inputs only when asked', async () => {
    const data = flow(
      {
        ask: chatInput,
        note: { component: component('TextInput'), set: { input_value: 'stored note' } },
        join: { component: component('Prompt'), set: { template: '{a}/{b}', a: '', b: '' } },
      },
      ['ask.message -> join.a', 'note.text -> join.b'],
    )
    const id = await ada.store(data)
    const joined = async (inputs: object) => {
      const [build] = buildsOf(await ada.build(id, { inputs }), 'Prompt-join')
      return (build as { data: { outputs: { prompt: { message: string } } } }).data.outputs.prompt.message
    }
    expect(await joined({ input_value: 'hi' })).toBe('hi/stored note')
    expect(await joined({ input_value: 'hi', type: 'text' })).toBe('/hi')
    expect(await joined({ input_value: 'hi', type: 'any', components: ['TextInput-note'] })).toBe('/hi')
  })

  test('is the answer itself when it is delivered directly', async () => {
    const answer = await ada.start(
      await ada.store(echoFlow()),
      { inputs: { input_value: 'x' } },
      '?event_delivery=direct',
    )
    expect(answer.headers['content-type']).toBe('application/x-ndjson')
    expect(outline(recordsOf(answer.body)).at(-1)).toBe('end')
    const again = await ada.events(String(answer.headers['x-langflow-job-id']))
    expect(again.body).toBe(answer.body)
  })
})

describe('what is wrong', () => {
  test('with the request is told at once', async () => {
    const id = await ada.store(echoFlow())
    const extra = await ada.start(id, { inputs: { input_value: 'x', more: 1 } })
    expect(extra.statusCode).toBe(422)
    expect(extra.json().detail[0]).toMatchObject({ type: 'extra_forbidden', loc: ['body', 'inputs', 'more'] })
    expect((await ada.start(id, {}, '?event_delivery=pigeon')).statusCode).toBe(422)
    expect((await ada.start(id, { data: { nodes: [1], edges: [] } })).statusCode).toBe(422)
    expect((await ada.start('not-an-id')).statusCode).toBe(422)
  })

  test('with the flow is that it is not there, or somebody else’s, public ones included', async () => {
    const bob = await server.person('bob')
    const his = await buildCalls(server, { 'x-api-key': bob.apiKey }).store(echoFlow(), { access_type: 'PUBLIC' })
    for (const id of [newId(), his]) {
      const answer = await ada.start(id, { data: echoFlow() })
      expect(answer.statusCode).toBe(404)
      expect(answer.json()).toEqual({ detail: `Flow with id ${id} not found` })
    }
  })

  test('with the caller is told before anything else', async () => {
    const stranger = buildCalls(server, {})
    const job = await ada.job(await ada.store(echoFlow()))
    expect((await stranger.start(newId())).statusCode).toBe(403)
    expect((await stranger.events(job)).statusCode).toBe(403)
    expect((await stranger.cancel(job)).statusCode).toBe(403)
  })

  const brokenEdge = { source: 'ChatInput-ask', target: 'Gone-1', sourceHandle: '{}', targetHandle: '{}' }
  test.each<[string, object, string]>([
    ['an edge to nowhere', { ...echoFlow(), edges: [...echoFlow().edges, brokenEdge] }, 'Gone-1'],
    [
      'two chat inputs',
      flow({ a: chatInput, b: chatInput, say: chatOutput }, ['a.message -> say.input_value']),
      'Only one chat input',
    ],
  ])('with a graph that has %s is an event, and the stream ends', async (_name, data, named) => {
    const records = await ada.build(await ada.store(echoFlow()), { data })
    expect(outline(records)).toEqual(['error', 'end'])
    expect(records[0]?.data).toMatchObject({
      category: 'error',
      error: true,
      sender: null,
      sender_name: null,
      text: expect.stringContaining(named),
      properties: { source: { id: null, display_name: null, source: null } },
    })
  })

  test('with a flow without a graph is an event too', async () => {
    expect(outline(await ada.build(await ada.store(null)))).toEqual(['error', 'end'])
  })
})
