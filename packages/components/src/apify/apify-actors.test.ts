import type { HttpRequest, Tool } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { afterEach, expect, test, vi } from 'vitest'
import { apifyActors, flat, withFields } from './apify-actors.ts'

afterEach(() => void vi.useRealTimers())

const item = { url: 'https://a.test', metadata: { title: 'A', seo: { rank: 1 } } }
const succeeded = { data: { id: 'run-1', status: 'SUCCEEDED', defaultDatasetId: 'set-1' } }
const definition = {
  readme: 'R'.repeat(400),
  input: { properties: { startUrls: { type: 'array' } }, required: ['startUrls'] },
}
const answers: Readonly<Record<string, unknown>> = {
  'POST /acts/apify~crawler/runs': succeeded,
  'GET /datasets/set-1/items': [item],
  'GET /acts/apify~crawler': { data: { taggedBuilds: { latest: { buildId: 'b-1' } } } },
  'GET /actor-builds/b-1': { data: { actorDefinition: definition } },
}

/** Apify, with other answers for some requests. */
function apify(others: Readonly<Record<string, unknown>> = {}) {
  const seen: string[] = []
  const http = (url: string, { method = 'GET', headers, body }: HttpRequest) => {
    const name = `${method} ${new URL(url).pathname.slice('/v2'.length)}`
    seen.push(`${name} ${headers?.Authorization}${body ? ` ${body}` : ''}`)
    const answer = { ...answers, ...others }[name]
    if (answer === undefined) return { status: 404 }
    return JSON.stringify(Array.isArray(answer) && answer[0] === 'in turn' ? answer.splice(1, 1)[0] : answer)
  }
  return { http, seen }
}
const inputs = { apify_token: 't', actor_id: 'apify/crawler', run_input: '{"a":1}' }
const output = { outputs: ['output'] }

test('runs the Actor and gives the items of its dataset', async () => {
  const { http, seen } = apify()
  const run = await runComponent(apifyActors, inputs, { http, ...output })
  expect(run.output).toMatchObject([{ data: item }])
  expect(seen).toEqual(['POST /acts/apify~crawler/runs Bearer t {"a":1}', 'GET /datasets/set-1/items Bearer t'])
})

test('waits for a run that takes longer', async () => {
  vi.useFakeTimers()
  const running = { data: { id: 'run-1', status: 'RUNNING' } }
  const { http } = apify({
    'POST /acts/apify~crawler/runs': running,
    'GET /actor-runs/run-1': ['in turn', running, succeeded],
  })
  const run = runComponent(apifyActors, inputs, { http, ...output })
  await vi.advanceTimersByTimeAsync(1000)
  expect((await run).output).toMatchObject([{ data: item }])
})

test('gives the wanted fields, or all of them flat', () => {
  expect(withFields(item, ['url', 'metadata.title', 'metadata.none'])).toEqual({
    url: 'https://a.test',
    metadata_title: 'A',
    metadata_none: null,
  })
  expect(flat(item)).toEqual({ url: 'https://a.test', metadata_title: 'A', metadata_seo_rank: 1 })
})

test('is a tool that knows what the Actor says of itself', async () => {
  const { http, seen } = apify()
  const run = await runComponent(apifyActors, { ...inputs, dataset_fields: 'url' }, { http, outputs: ['tool'] })
  const tool = run.tool as Tool // the declared type of the output
  expect(tool).toMatchObject({ name: 'apify_actor_apify_crawler', description: 'R'.repeat(250) })
  expect(JSON.stringify(tool.inputSchema)).toContain('startUrls')
  expect(await tool.call({ run_input: '{"b":2}' }, new AbortController().signal)).toBe('{"url":"https://a.test"}')
  expect(seen).toContain('POST /acts/apify~crawler/runs Bearer t {"b":2}')
})

test.each([
  [{ apify_token: '' }, {}, 'API token is required.'],
  [{ actor_id: 'apify/none' }, {}, 'Actor apify/none not found.'],
  [{ run_input: 'no' }, {}, 'The Run Input is no JSON'],
  [
    {},
    { 'POST /acts/apify~crawler/runs': { data: { status: 'FAILED' } } },
    'The run of apify/crawler ended as FAILED.',
  ],
])('says what went wrong: %j', async (given, others, why) => {
  await expect(
    runComponent(apifyActors, { ...inputs, ...given }, { http: apify(others).http, ...output }),
  ).rejects.toThrow(why)
})

test('needs an input schema to be a tool', async () => {
  const { http } = apify({ 'GET /actor-builds/b-1': { data: {} } })
  await expect(runComponent(apifyActors, inputs, { http, outputs: ['tool'] })).rejects.toThrow('Input schema not found')
})
