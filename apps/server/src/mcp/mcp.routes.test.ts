import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { catalog } from '@runnel/components/catalog'
import { createFlow } from '@runnel/protocol/flows'
import { updateProjectTools } from '@runnel/protocol/project-tools'
import { flow, type NodeSpec } from '@runnel/testing/flow-builder'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, type TestAppOptions, testApp } from '../test-app.ts'
import { component, echoFlow, graphOf } from '../test-flows.ts'

// Flows as MCP servers, asked by the protocol's own client.

const broken: NodeSpec = { component: component('CalculatorComponent'), set: { expression: '' } }

const closing: (() => Promise<unknown>)[] = []
let server: Awaited<ReturnType<typeof started>>
let projectId: string
let flowIds: readonly string[]
beforeAll(async () => {
  server = await started()
  const echo = echoFlow()
  const failing = flow({ ask: component('ChatInput'), say: { component: component('ChatOutput') }, broken })
  const add = async (name: string, data: typeof echo) => {
    const body = { name, description: 'Says it again.', data: graphOf(data) }
    return server.client.call(createFlow, { body })
  }
  const flows = [
    await add('Echo Once', echo),
    await add('Echo  Once', echo),
    await add('Failing', failing),
    await add('客服', echo),
  ]
  flowIds = flows.map(({ id }) => id)
  projectId = flows[0]?.folder_id ?? ''
  await server.client.call(updateProjectTools, {
    params: { project_id: projectId },
    body: {
      settings: [{ id: flowIds[0] ?? '', mcp_enabled: true, action_name: 'repeat', action_description: 'Repeats.' }],
    },
  })
})
afterAll(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function started(options: TestAppOptions = {}): Promise<TestApp & { readonly origin: string }> {
  const made = await testApp({ user: 'ada', components: catalog, ...options })
  closing.push(() => made.close())
  return { ...made, origin: await made.listen() }
}
const address = (path: string) => new URL(path, server.origin)

async function connected(path: string): Promise<Client> {
  const headers = { 'x-api-key': server.apiKey }
  const client = new Client({ name: 'test', version: '1' })
  const withKey: typeof fetch = (url, init) =>
    fetch(url, { ...init, headers: { ...Object.fromEntries(new Headers(init?.headers)), ...headers } })
  await client.connect(
    path.endsWith('/sse')
      ? new SSEClientTransport(address(path), { fetch: withKey })
      : new StreamableHTTPClientTransport(address(path), { fetch: withKey }),
  )
  closing.push(() => client.close())
  return client
}

describe.each(['/api/v1/mcp/sse', '/api/mcp/sse', '/api/v1/mcp/streamable', '/api/mcp/streamable'])('%s', (path) => {
  test('offers every flow of the user as a tool, and runs it', async () => {
    const client = await connected(path)
    const { tools } = await client.listTools()
    expect(tools.map(({ name, description }) => [name, description])).toEqual(
      expect.arrayContaining([
        ['repeat', 'Repeats.'],
        ['echo__once', 'Says it again.'],
        ['failing', 'Says it again.'],
        [`flow_${flowIds[3]?.slice(-8)}`, 'Says it again.'],
      ]),
    )
    const steps: number[] = []
    const answer = await client.callTool({ name: 'repeat', arguments: { input_value: 'one and two' } }, undefined, {
      onprogress: ({ progress }) => void steps.push(progress),
    })
    expect(answer).toEqual({ content: [{ type: 'text', text: 'one and two' }], isError: false })
    expect(steps).toEqual([1, 2])
    await expect(client.ping()).resolves.toEqual({})
    expect(await client.listPrompts()).toEqual({ prompts: [] })
  })
})

describe.each(['sse', 'streamable'])('the server of a project over %s', (kind) => {
  test('offers the flows that are switched on there', async () => {
    const client = await connected(`/api/v1/mcp/project/${projectId}/${kind}`)
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['repeat'])
    const call = client.callTool({ name: 'echo__once', arguments: {} })
    await expect(call).rejects.toThrow('Unknown tool: echo__once')
  })
})

test('a run that fails is an answer that says why', async () => {
  const client = await connected('/api/v1/mcp/streamable')
  await expect(client.callTool({ name: 'failing', arguments: { input_value: 'x' } })).resolves.toMatchObject({
    isError: true,
    content: [{ type: 'text', text: expect.stringContaining('Error') }],
  })
})

test('the files of flows are resources', async () => {
  const body = new FormData()
  body.append('file', new Blob(['Rivers carried 42 boats.']), 'note.txt')
  const headers = { 'x-api-key': server.apiKey }
  await fetch(address(`/api/v1/files/upload/${flowIds[0]}`), { method: 'POST', headers, body })
  const client = await connected(`/api/v1/mcp/project/${projectId}/streamable`)
  const { resources } = await client.listResources()
  expect(resources).toMatchObject([{ name: expect.stringContaining('note.txt'), mimeType: 'text/plain' }])
  const { contents } = await client.readResource({ uri: resources[0]?.uri ?? '' })
  expect(contents).toMatchObject([{ text: 'Rivers carried 42 boats.' }])
  for (const elsewhere of [`${flowIds[1]}/note.txt`, `${flowIds[0]}/%zz`, `${flowIds[0]}/gone.txt`]) {
    await expect(client.readResource({ uri: `langflow://files/${elsewhere}` })).rejects.toThrow(/not found/)
  }
})

const post = (
  path: string,
  payload: unknown,
  headers: Readonly<Record<string, string>> = { 'x-api-key': server.apiKey },
) => server.app.inject({ method: 'POST', url: path, headers, payload: JSON.stringify(payload) })
const ping = { jsonrpc: '2.0', id: 1, method: 'ping' }

test('a client that takes no events is answered in JSON, several messages in a list, none with 202', async () => {
  const one = await post('/api/v1/mcp/streamable', ping)
  expect(one.json()).toEqual({ jsonrpc: '2.0', id: 1, result: {} })
  const unknown = { jsonrpc: '2.0', id: 'a', method: 'tools/burn' }
  const several = await post('/api/mcp/streamable', [ping, unknown, { jsonrpc: '2.0', method: 'notifications/x' }])
  expect(several.json()).toEqual([
    { jsonrpc: '2.0', id: 1, result: {} },
    { jsonrpc: '2.0', id: 'a', error: { code: -32601, message: 'Method not found' } },
  ])
  expect(
    (await post('/api/v1/mcp/streamable', { jsonrpc: '2.0', method: 'notifications/initialized' })).statusCode,
  ).toBe(202)
  expect((await post('/api/v1/mcp/streamable', { jsonrpc: '2.0', id: 3, result: {} })).statusCode).toBe(202)
})

test('a stream is for clients that take events, and HEAD says it is there', async () => {
  for (const url of ['/api/v1/mcp/sse', '/api/mcp/sse', `/api/v1/mcp/project/${projectId}/sse`]) {
    const headers = { 'x-api-key': server.apiKey }
    const refused = await server.app.inject({ method: 'GET', url, headers: { ...headers, accept: 'application/json' } })
    expect([refused.statusCode, refused.json()]).toEqual([
      406,
      { detail: 'Not Acceptable: Client must accept text/event-stream' },
    ])
    expect((await server.app.inject({ method: 'HEAD', url, headers })).statusCode).toBe(200)
  }
})

test.each([
  ['', 400, 'session_id is required'],
  ['?session_id=zzz', 400, 'Invalid session ID'],
  ['?session_id=00000000000000000000000000000000', 404, 'Could not find session'],
])('a message for the session %j is refused', async (query, status, detail) => {
  for (const path of ['/api/v1/mcp/', '/api/mcp/', `/api/v1/mcp/project/${projectId}`]) {
    const answer = await post(path + query, ping)
    expect([answer.statusCode, answer.json()]).toEqual([status, { detail }])
  }
})

test('a session belongs to who opened it, where it was opened', async () => {
  const headers = { 'x-api-key': server.apiKey, accept: 'text/event-stream' }
  const stop = new AbortController()
  const stream = await fetch(address('/api/v1/mcp/sse'), { headers, signal: stop.signal })
  const reader = stream.body?.getReader()
  const told = new TextDecoder().decode((await reader?.read())?.value)
  const query = /\?session_id=[0-9a-f]{32}/.exec(told)?.[0] ?? ''
  const eve = await server.person('eve')
  expect((await post(`/api/v1/mcp/${query}`, ping, { 'x-api-key': eve.apiKey })).statusCode).toBe(404)
  expect((await post(`/api/v1/mcp/project/${projectId}${query}`, ping)).statusCode).toBe(404)
  const taken = await post(`/api/v1/mcp/${query}`, ping)
  expect([taken.statusCode, taken.json()]).toEqual([202, 'Accepted'])
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe(
    'event: message\ndata: {"jsonrpc":"2.0","id":1,"result":{}}\n\n',
  )
  stop.abort()
})

test('the server of a project wants a key of its owner', async () => {
  const eve = await server.person('eve two')
  const requests: readonly InjectOptions[] = [
    { method: 'GET', url: `/api/v1/mcp/project/${projectId}/sse` },
    { method: 'POST', url: `/api/v1/mcp/project/${projectId}/streamable`, payload: ping },
    { method: 'POST', url: `/api/v1/mcp/project/${projectId}?session_id=x`, payload: ping },
  ]
  for (const request of requests) {
    const ask = async (headers: Readonly<Record<string, string>>) => {
      const answer = await server.app.inject({ ...request, headers })
      return [answer.statusCode, answer.json().detail]
    }
    expect(await ask({})).toEqual([
      401,
      'API key required for this project. Provide x-api-key header or query parameter.',
    ])
    expect(await ask({ 'x-api-key': 'sk-wrong' })).toEqual([401, 'Invalid API key'])
    expect(await ask({ 'x-api-key': eve.apiKey })).toEqual([404, 'Project not found'])
  }
})

test('with auto login, programs on this machine need no key whatever other endpoints want', async () => {
  const made = await started({
    superuser: true,
    user: 'langflow',
    env: { LANGFLOW_AUTO_LOGIN: 'true', LANGFLOW_SKIP_AUTH_AUTO_LOGIN: 'false' },
  })
  const ask = (path: string, headers: Readonly<Record<string, string>> = {}) =>
    made.app.inject({ method: 'POST', url: path, headers: { host: 'localhost', ...headers }, payload: ping })
  expect((await ask('/api/v1/mcp/streamable')).json()).toMatchObject({ result: {} })
  expect((await ask('/api/v1/run/x')).statusCode).toBe(403)
  expect((await ask('/api/v1/mcp/streamable', { 'x-forwarded-for': '1.2.3.4' })).statusCode).toBe(403)
})

test('switched off, there is no MCP server', async () => {
  const made = await started({ env: { LANGFLOW_MCP_SERVER_ENABLED: 'false' } })
  const answer = await made.app.inject({
    method: 'POST',
    url: '/api/v1/mcp/streamable',
    headers: { 'x-api-key': made.apiKey },
    payload: ping,
  })
  expect(answer.statusCode).toBe(404)
})
