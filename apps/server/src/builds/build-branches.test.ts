import { catalog } from '@runnel/components/catalog'
import { dataFrame, defineComponent, field, message } from '@runnel/sdk'
import { streamText } from '@runnel/testing/chat-stream'
import { flow } from '@runnel/testing/flow-builder'
import { providerServer, reply } from '@runnel/testing/provider-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { component, modelFlow } from '../test-flows.ts'
import { type BuildCalls, type BuildRecord, buildCalls, buildsOf, outline } from './test-build.ts'

const chatInput = component('ChatInput')
const chatOutput = component('ChatOutput')

const papers = defineComponent({
  type: 'Papers',
  displayName: 'Papers',
  description: 'Finds two papers',
  icon: 'book',
  category: 'tests',
  inputs: { query: field.text({ label: 'Query' }) },
  outputs: {
    table: {
      type: 'DataFrame',
      label: 'Table',
      method: 'table',
      run: ({ inputs }) => dataFrame([{ text: `${inputs.query} 1` }, { text: `${inputs.query} 2` }]),
    },
  },
})
const broken = defineComponent({
  type: 'Broken',
  displayName: 'Broken',
  description: 'Fails',
  icon: 'bug',
  category: 'tests',
  inputs: { input_value: field.text({ label: 'Input' }) },
  outputs: {
    text: {
      type: 'Message',
      label: 'Text',
      method: 'text',
      run: () => {
        throw new Error('No paper in the tray')
      },
    },
  },
})
const upper = defineComponent({
  type: 'Upper',
  displayName: 'Upper',
  description: 'Says it louder',
  icon: 'a',
  category: 'tests',
  inputs: { input_value: field.text({ label: 'Input' }) },
  outputs: {
    text: {
      type: 'Message',
      label: 'Text',
      method: 'text',
      run: ({ inputs }) => message(inputs.input_value.toUpperCase()),
    },
    other: { type: 'Message', label: 'Other', method: 'other', run: () => message('nobody asks') },
  },
})

let server: TestApp
let ada: BuildCalls
beforeAll(async () => {
  server = await testApp({ user: 'ada', components: [...catalog, papers, broken, upper] })
  ada = buildCalls(server, { 'x-api-key': server.apiKey })
})
afterAll(() => server.close())

/** Node, what starts after it, what is inactive: as Langflow tells it. */
const trace = (records: readonly BuildRecord[]) =>
  records.flatMap(({ data }) => {
    const build = data.build_data as
      | { id: string; next_vertices_ids: string[]; inactivated_vertices: string[] }
      | undefined
    const short = (ids: readonly string[]) => ids.map((id) => id.split('-')[1])
    return build ? [[...short([build.id]), short(build.next_vertices_ids), short(build.inactivated_vertices)]] : []
  })

test('a loop runs its body for each item, what follows it waits as inactive', async () => {
  const id = await ada.store(
    flow(
      {
        ask: chatInput,
        find: papers,
        loop: component('LoopComponent'),
        parse: component('ParserComponent'),
        shout: upper,
        say: chatOutput,
      },
      [
        'ask.message -> find.query',
        'find.table -> loop.data',
        'loop.item -> parse.input_data',
        'parse.parsed_text -> shout.input_value',
        'shout.text => loop.item',
        'loop.done -> say.input_value',
      ],
    ),
  )
  const records = await ada.build(id, { inputs: { input_value: 'paper' } })
  const turn = [
    ['loop', ['parse'], ['say']],
    ['parse', ['shout'], []],
    ['shout', ['loop'], []],
  ]
  expect(trace(records)).toEqual([
    ['ask', ['find'], []],
    ['find', ['loop'], []],
    ...turn,
    ...turn,
    ['loop', ['say'], ['parse', 'shout']],
    ['say', [], []],
  ])
  const [said] = records.filter(({ event, data }) => event === 'add_message' && data.sender === 'Machine')
  expect(String(said?.data.text)).toContain('TEXT: PAPER 2')
})

test('the branch that is not taken is inactive and does not run', async () => {
  const id = await ada.store(
    flow(
      {
        ask: chatInput,
        route: { component: component('ConditionalRouter'), set: { match_text: 'yes', operator: 'equals' } },
        yes: upper,
        no: upper,
        after: upper,
      },
      [
        'ask.message -> route.input_text',
        'route.true_result -> yes.input_value',
        'route.false_result -> no.input_value',
        'no.text -> after.input_value',
      ],
    ),
  )
  expect(trace(await ada.build(id, { inputs: { input_value: 'yes' } }))).toEqual([
    ['ask', ['route'], []],
    ['route', ['yes'], ['no', 'after']],
    ['yes', [], []],
  ])
})

test('a node that fails is told before its build, and other branches go on', async () => {
  const id = await ada.store(
    flow({ ask: chatInput, bad: broken, never: upper, good: upper, say: chatOutput }, [
      'ask.message -> bad.input_value',
      'bad.text -> never.input_value',
      'ask.message -> good.input_value',
      'good.text -> say.input_value',
    ]),
  )
  const records = await ada.build(id, { inputs: { input_value: 'x', session: 's' } })
  const names = outline(records)
  expect(names.slice(names.indexOf('error'), names.indexOf('error') + 2)).toEqual(['error', 'failed Broken-bad'])
  expect(names).toContain('built ChatOutput-say')
  expect(names.join()).not.toContain('never')
  expect(names.at(-1)).toBe('end')
  const text = 'Error building Component Broken: \n\nNo paper in the tray'
  expect(records[names.indexOf('error')]?.data).toMatchObject({
    text: 'No paper in the tray\n',
    category: 'error',
    error: true,
    session_id: 's',
    flow_id: id,
    properties: { text_color: 'red', icon: 'error', source: { id: 'Broken-bad', display_name: 'Broken' } },
    content_blocks: [
      { title: 'Error', contents: [{ type: 'error', component: 'Broken', reason: expect.stringContaining('tray') }] },
    ],
  })
  expect(buildsOf(records, 'Broken-bad')).toEqual([
    {
      id: 'Broken-bad',
      inactivated_vertices: [],
      next_vertices_ids: [],
      top_level_vertices: [],
      valid: false,
      params: text,
      data: {
        results: {},
        outputs: { text: { message: { errorMessage: text, stackTrace: '' }, type: 'error' } },
        logs: {},
        message: {},
        artifacts: {},
        timedelta: expect.any(Number),
        duration: expect.any(String),
        used_frozen_result: false,
        token_usage: null,
      },
      timestamp: expect.any(String),
    },
  ])
  expect(await server.storage.runs.list({ userId: server.user.id, flowId: id })).toMatchObject([
    { status: 'failed', failedNodeId: 'Broken-bad', error: 'No paper in the tray' },
  ])
  const failed = (await server.storage.runs.latestSteps(server.user.id, id)).find(({ valid }) => !valid)
  expect(failed).toMatchObject({ nodeId: 'Broken-bad', params: text })
})

test('an unknown component fails its own node, when it is reached', async () => {
  const data = flow({ ask: chatInput, say: chatOutput }, ['ask.message -> say.input_value'])
  const strange = JSON.parse(JSON.stringify(data).replaceAll('ChatOutput', 'Sorcery'))
  const records = await ada.build(await ada.store(strange), { inputs: { input_value: 'x' } })
  expect(outline(records).slice(-3)).toEqual(['error', 'failed Sorcery-say', 'end'])
})

test('outputs nobody takes are shown as unknown', async () => {
  const data = flow({ a: upper, b: upper }, ['a.text -> b.input_value'])
  const records = await ada.build(await ada.store(data))
  expect(buildsOf(records, 'Upper-a')[0]).toMatchObject({
    params: 'None',
    data: { outputs: { text: { message: '', type: 'text' }, other: { message: '', type: 'unknown' } } },
  })
})

const chatWith = (url: string) => modelFlow(url, { stream: true, max_retries: 0 })

test('tokens come between an empty message and the whole one, before their node ends', async () => {
  await using upstream = await providerServer(streamText(['Once', ' upon']))
  const records = await ada.build(await ada.store(chatWith(upstream.url)), { inputs: { input_value: 'tell' } })
  expect(outline(records)).toEqual([
    'vertices_sorted',
    'build_start',
    'add_message',
    'built ChatInput-ask',
    'add_message',
    'token',
    'token',
    'add_message',
    'built OpenAIModel-model',
    'add_message',
    'built ChatOutput-say',
    'end',
  ])
  const [opening, first, second, whole] = records.slice(4).map(({ data }) => data)
  expect(opening).toMatchObject({ text: '', sender: 'Machine', properties: { state: 'partial' } })
  expect(first).toEqual({ chunk: 'Once', id: opening?.id, timestamp: opening?.timestamp })
  expect(second).toMatchObject({ chunk: ' upon', id: opening?.id })
  expect(whole).toMatchObject({ id: opening?.id, text: 'Once upon', properties: { state: 'complete' } })
})

test('a model that fails at once has said nothing', async () => {
  await using upstream = await providerServer(reply({ error: { message: 'No credit left' } }, { status: 401 }))
  const records = await ada.build(await ada.store(chatWith(upstream.url)), { inputs: { input_value: 'tell' } })
  expect(outline(records)).toEqual([
    'vertices_sorted',
    'build_start',
    'add_message',
    'built ChatInput-ask',
    'error',
    'failed OpenAIModel-model',
    'end',
  ])
})
