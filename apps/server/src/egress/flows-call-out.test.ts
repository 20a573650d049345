import { createServer } from 'node:http'
import { catalog } from '@runnel/components/catalog'
import { type BuiltFlow, flow } from '@runnel/testing/flow-builder'
import { listening as listeningTo } from '@runnel/testing/listening'
import { providerServer, reply } from '@runnel/testing/provider-server'
import { afterEach, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { component } from '../test-flows.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function started(env: Readonly<Record<string, string>> = {}): Promise<TestApp> {
  const server = await testApp({ user: 'ada', components: catalog, env })
  closing.push(server.close)
  return server
}

/** A server on this machine that counts who asks. */
async function listening() {
  let asked = 0
  const server = createServer((_request, response) => {
    asked++
    response.setHeader('content-type', 'application/json')
    response.end('{"secret": "of this machine"}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => new Promise((resolve) => server.close(resolve)))
  const bound = server.address()
  return { port: typeof bound === 'object' && bound ? bound.port : 0, asked: () => asked }
}

async function run(server: TestApp, data: BuiltFlow) {
  const headers = { 'x-api-key': server.apiKey }
  const made = await server.app.inject({
    method: 'POST',
    url: '/api/v1/flows/',
    headers,
    payload: { name: 'out', data },
  })
  const url = `/api/v1/run/${made.json().id}`
  return server.app.inject({ method: 'POST', url, headers, payload: { input_value: 'hi', output_type: 'any' } })
}

const fetching = (type: string, set: Readonly<Record<string, unknown>>, output: string): BuiltFlow =>
  flow({ get: { component: component(type), set }, say: component('ChatOutput') }, [`get.${output} -> say.input_value`])

const ways = (url: string): readonly BuiltFlow[] => [
  fetching('APIRequest', { url_input: url }, 'data'),
  fetching('URLComponent', { urls: [url] }, 'page_results'),
  fetching('UnifiedWebSearch', { search_mode: 'RSS', query: url }, 'results'),
  fetching('RSSReaderSimple', { rss_url: url }, 'articles'),
]

test('no component calls this machine', async () => {
  const [server, { port, asked }] = [await started(), await listening()]
  for (const host of ['127.0.0.1', 'localhost', '2130706433', '[::ffff:127.0.0.1]']) {
    for (const data of ways(`http://${host}:${port}/`)) {
      const answer = await run(server, data)
      expect(answer.headers['x-error-code']).toBe('address_refused')
      expect(answer.body).not.toContain('secret')
    }
  }
  expect(asked()).toBe(0)
})

test('components call what the operator lists', async () => {
  const [server, { port, asked }] = [await started({ LANGFLOW_SSRF_ALLOWED_HOSTS: '127.0.0.1' }), await listening()]
  const answer = await run(server, fetching('APIRequest', { url_input: `http://127.0.0.1:${port}/` }, 'data'))
  expect(answer.statusCode).toBe(200)
  expect(answer.body).toContain('of this machine')
  expect(asked()).toBe(1)
})

const searching = (type: string, set: Readonly<Record<string, unknown>>): BuiltFlow =>
  flow(
    {
      store: { component: component(type), set: { search_query: 'x', ...set } },
      vectors: component('LangChainFakeEmbeddings'),
      say: component('ChatOutput'),
    },
    ['vectors.embeddings -> store.embedding', 'store.dataframe -> say.input_value'],
  )

const table = { keyspace: 'k', table_name: 't', username: 'u', token: 'p' }

const stores: readonly [string, (host: string, port: number) => BuiltFlow][] = [
  ['Redis', (host, port) => searching('Redis', { redis_server_url: `redis://${host}:${port}`, redis_index_name: 'i' })],
  [
    'MongoDBAtlasVector',
    (host, port) =>
      searching('MongoDBAtlasVector', {
        mongodb_atlas_cluster_uri: `mongodb://${host}:${port}/?serverSelectionTimeoutMS=3000`,
        ...{ db_name: 'd', collection_name: 'c', index_name: 'i' },
      }),
  ],
  ['Cassandra', (host, port) => searching('Cassandra', { database_ref: host, cluster_kwargs: { port }, ...table })],
]

/** A server that speaks none of their languages. */
async function connecting() {
  let connections = 0
  const server = await listeningTo((socket) => {
    connections++
    socket.end('HTTP/1.1 400 Bad Request')
  })
  closing.push(async () => server[Symbol.asyncDispose]())
  return { port: server.port, connections: () => connections }
}

test.each(stores)('the driver of %s connects to nothing on this machine', async (_, asking) => {
  const [server, { port, connections }] = [await started(), await connecting()]
  for (const host of ['127.0.0.1', 'localhost']) {
    const answer = await run(server, asking(host, port))
    expect([host, answer.headers['x-error-code']]).toEqual([host, 'address_refused'])
  }
  expect(connections()).toBe(0)
})

// That of Cassandra waits for long on what is no Cassandra.
test.each(stores.slice(0, 2))('the driver of %s connects to what the operator lists', async (_, asking) => {
  const [server, { port, connections }] = [
    await started({ LANGFLOW_SSRF_ALLOWED_HOSTS: 'localhost' }),
    await connecting(),
  ]
  const answer = await run(server, asking('localhost', port))
  expect(answer.headers['x-error-code']).toBe('component_failed')
  expect(connections()).toBeGreaterThan(0)
})

const asking = (url: string): BuiltFlow => {
  const set = { api_key: 'sk-x', openai_api_base: `${url}/v1`, input_value: 'hi' }
  return fetching('OpenAIModel', set, 'text_output')
}

test('a server for this machine alone calls models on it; others do when the operator says so', async () => {
  const message = { role: 'assistant', content: 'hello' }
  const answer = reply({ id: 'c', object: 'chat.completion', choices: [{ index: 0, message, finish_reason: 'stop' }] })
  await using upstream = await providerServer(answer, answer)
  const host = { LANGFLOW_HOST: '0.0.0.0' }
  const local = await run(await started(), asking(upstream.url))
  expect([local.statusCode, local.body]).toEqual([200, expect.stringContaining('hello')])
  const open = await run(await started(host), asking(upstream.url))
  expect(open.headers['x-error-code']).toBe('address_refused')
  const listed = await run(await started({ ...host, LANGFLOW_SSRF_ALLOWED_HOSTS: '127.0.0.0/8' }), asking(upstream.url))
  expect([listed.statusCode, listed.body]).toEqual([200, expect.stringContaining('hello')])
})

test('no model is looked for where clouds keep their secrets', async () => {
  const answer = await run(await started(), asking('http://169.254.169.254'))
  expect(answer.headers['x-error-code']).toBe('address_refused')
})
