import { createServer } from 'node:http'
import { createFlow, fetchFlows, listFlows } from '@runnel/protocol/flows'
import { afterEach, expect, test } from 'vitest'
import { type TestApp, type TestAppOptions, testApp } from '../test-app.ts'

const ending: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end()
})

async function start(options: TestAppOptions): Promise<TestApp> {
  const made = await testApp(options)
  ending.push(() => made.close())
  return made
}

const graph = {
  nodes: [
    { id: 'ChatInput-a', data: { type: 'ChatInput' } },
    { id: 'ChatOutput-a', data: { type: 'ChatOutput' } },
  ],
  edges: [{ id: 'e', source: 'ChatInput-a', target: 'ChatOutput-a' }],
}

/** Ada's server, and that of Bob, which hers reaches under a name. */
async function twoServers() {
  const bob = await start({ user: 'bob' })
  const address = await bob.app.listen({ port: 0, host: '127.0.0.1' })
  const web = { locate: (url: string) => url.replace('https://bob.example', address) }
  return { bob, ada: await start({ user: 'ada', web }) }
}

test('a flow on another server is read with a key of that server, without what it was there', async () => {
  const { ada, bob } = await twoServers()
  const body = { name: 'Echo', endpoint_name: 'echo', tags: ['chat'], access_type: 'PUBLIC' as const, data: graph }
  const { id } = await bob.client.call(createFlow, { body })
  const url = `https://bob.example/flow/${id}`
  const { flows } = await ada.client.call(fetchFlows, { body: { url, api_key: bob.apiKey } })
  expect(flows).toEqual([
    {
      name: 'Echo',
      description: null,
      icon: null,
      icon_bg_color: null,
      gradient: null,
      tags: ['chat'],
      is_component: false,
      data: graph,
    },
  ])
  expect(await ada.client.call(listFlows, { query: { get_all: true } })).toEqual([])
})

test('a server that hands a flow out to nobody, or only its ends, is said to want a key', async () => {
  const { ada, bob } = await twoServers()
  const secret = await bob.client.call(createFlow, { body: { name: 'Secret', data: graph } })
  const shared = await bob.client.call(createFlow, { body: { name: 'Open', data: graph, access_type: 'PUBLIC' } })
  for (const { id } of [secret, shared]) {
    const url = `https://bob.example/playground/${id}`
    await expect(ada.client.call(fetchFlows, { body: { url } })).rejects.toMatchObject({
      status: 400,
      code: 'foreign_flow_closed',
      message: expect.stringContaining('bob.example'),
    })
  }
})

test('a file of flows is read from where it lies', async () => {
  const files: Readonly<Record<string, string>> = {
    '/one.json': JSON.stringify({ name: 'One', data: graph, folder_id: '3fa85f64-5717-4562-b3fc-2c963f66afa6' }),
    '/two.json': JSON.stringify({
      flows: [
        { name: 'A', data: graph },
        { name: 'B', data: graph },
      ],
    }),
    '/page.html': '<h1>Flows</h1>',
    '/other.json': '{"name": "a package"}',
  }
  const server = createServer((request, response) => {
    const file = files[request.url ?? '']
    response.writeHead(file === undefined ? 404 : 200).end(file)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ending.push(() => new Promise((resolve) => server.close(resolve)))
  const listening = server.address()
  const port = typeof listening === 'object' ? listening?.port : undefined
  const web = { locate: (url: string) => url.replace('https://files.example', `http://127.0.0.1:${port}`) }
  const ada = await start({ user: 'ada', web })
  const read = async (path: string) => {
    const { flows } = await ada.client.call(fetchFlows, { body: { url: `https://files.example${path}` } })
    return flows.map(({ name }) => name)
  }
  expect(await read('/one.json')).toEqual(['One'])
  expect(await read('/two.json')).toEqual(['A', 'B'])
  for (const path of ['/page.html', '/other.json', '/nothing']) {
    await expect(read(path)).rejects.toMatchObject({ status: 400, code: 'no_flow_at_address' })
  }
})

test('an address the operator does not allow is not called', async () => {
  const { client } = await start({ user: 'ada', env: { LANGFLOW_HOST: '0.0.0.0' } })
  const asked = client.call(fetchFlows, { body: { url: 'http://127.0.0.1:9/flow.json' } })
  await expect(asked).rejects.toMatchObject({ status: 400, code: 'foreign_server_refused' })
})
