import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { newId } from '@runnel/protocol/id'
import {
  createMcpServer,
  deleteMcpServer,
  listMcpServers,
  readMcpServer,
  replaceMcpServer,
} from '@runnel/protocol/mcp-servers'
import { afterEach, expect, test } from 'vitest'
import { createSecrets } from '../auth/secrets.ts'
import { type TestApp, type TestAppOptions, testApp } from '../test-app.ts'
import { everythingCommand } from './test-everything.ts'

const open: TestApp[] = []
const start = async (options: TestAppOptions = {}) => {
  const made = await testApp({ user: 'ada', ...options })
  open.push(made)
  return made
}
afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})

/** As the server under test has them. */
const secrets = createSecrets('a secret for tests, 32 bytes long')
const params = { server_name: 'lf-search' }
const web = { url: 'https://example.com/mcp', headers: { authorization: 'Bearer secret' } }

test('servers are kept by name, with their secrets encrypted and masked', async () => {
  const { client, storage, user } = await start()
  const shown = { ...web, headers: { authorization: '*******' } }
  await expect(client.call(createMcpServer, { params, body: web })).resolves.toEqual(shown)
  await expect(client.call(createMcpServer, { params, body: web })).rejects.toMatchObject({
    status: 409,
    detail: 'Server already exists.',
  })
  await expect(client.call(readMcpServer, { params })).resolves.toEqual(shown)
  await expect(client.call(listMcpServers, {})).resolves.toEqual([{ name: 'lf-search', mode: null, toolsCount: null }])
  expect((await storage.mcpServers.find(user.id, 'lf-search'))?.config).not.toContain('secret')
})

test('a replacement keeps the values that were masked, and makes a server that was missing', async () => {
  const { client, storage, user } = await start()
  await client.call(createMcpServer, { params, body: web })
  const body = { url: 'https://example.com/other', headers: { authorization: '*******', accept: 'text/plain' } }
  await client.call(replaceMcpServer, { params, body })
  await client.call(replaceMcpServer, { params: { server_name: 'new' }, body: web })
  const listed = await client.call(listMcpServers, {})
  expect(listed.map(({ name }) => name)).toEqual(['lf-search', 'new'])
  const stored = await storage.mcpServers.find(user.id, 'lf-search')
  expect(JSON.parse(secrets.decrypt(stored?.config ?? ''))).toEqual({
    ...body,
    headers: { ...body.headers, ...web.headers },
  })
})

test('a removed server is gone; one that never was cannot be removed', async () => {
  const { client } = await start()
  await client.call(createMcpServer, { params, body: web })
  await expect(client.call(deleteMcpServer, { params })).resolves.toBeNull()
  await expect(client.call(readMcpServer, { params })).resolves.toBeNull()
  await expect(client.call(deleteMcpServer, { params })).rejects.toMatchObject({
    status: 404,
    detail: 'Server not found.',
  })
})

test('each user has servers of their own', async () => {
  const { client, person } = await start()
  await client.call(createMcpServer, { params, body: web })
  const bob = await person('bob')
  await expect(bob.client.call(listMcpServers, {})).resolves.toEqual([])
  await expect(bob.client.call(readMcpServer, { params })).resolves.toBeNull()
  await expect(bob.client.call(deleteMcpServer, { params })).rejects.toMatchObject({ status: 404 })
  await bob.client.call(createMcpServer, { params, body: { url: 'http://bob.example' } })
  await expect(client.call(readMcpServer, { params })).resolves.toMatchObject({ url: web.url })
})

test.each([
  [{}, 422],
  [{ url: 'file:///etc/passwd' }, 422],
  [{ url: 'https://user:pass@example.com' }, 422],
  [{ url: 'https://example.com', command: 'npx' }, 422],
  [{ command: 'sh', args: ['-c', 'id'] }, 403],
])('%j is no server: %i', async (body, status) => {
  const { client } = await start({ superuser: true })
  await expect(client.call(createMcpServer, { params, body })).rejects.toMatchObject({ status })
  await expect(client.call(replaceMcpServer, { params, body })).rejects.toMatchObject({ status })
})

test('a command is taken from a superuser, exactly as the operator lists it', async () => {
  const env = { RUNNEL_MCP_COMMANDS: 'uvx mcp-server-fetch', RUNNEL_MCP_ENVIRONMENT: 'FETCH_KEY' }
  const { client, person } = await start({ superuser: true, env })
  const body = { command: 'uvx', args: ['mcp-server-fetch'], env: { FETCH_KEY: 'k' } }
  await expect(client.call(createMcpServer, { params, body })).resolves.toMatchObject({ env: { FETCH_KEY: '*******' } })
  const replaced = (change: object) => client.call(replaceMcpServer, { params, body: { ...body, ...change } })
  const refused = (code: string, args: readonly string[]) => ({ status: 403, code, args })
  await expect(replaced({ args: ['mcp-server-fetch', '--more'] })).rejects.toMatchObject(
    refused('mcp_command_refused', []),
  )
  await expect(replaced({ env: { LD_PRELOAD: 'x' } })).rejects.toMatchObject(
    refused('mcp_variable_refused', ['LD_PRELOAD']),
  )
  const bob = await person('bob')
  await expect(bob.client.call(createMcpServer, { params, body })).rejects.toMatchObject({ status: 403 })
})

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** An HTTP server on this machine; answers its address. */
async function listening(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer)
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return `http://127.0.0.1:${port}/mcp`
}

/** Speaks MCP: two pages of tools, the first as plain JSON, the rest as events. */
function mcpServer(seen: string[]) {
  return async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request)
    const { id, method, params } = body === '' ? {} : JSON.parse(body)
    seen.push(
      `${request.method} ${method ?? ''} ${request.headers['mcp-session-id'] ?? '-'} ${request.headers.authorization}`,
    )
    if (id === undefined) {
      response.writeHead(202).end()
      return
    }
    if (method === 'initialize') {
      response.writeHead(200, { 'content-type': 'application/json', 'mcp-session-id': 's1' })
      response.end(JSON.stringify({ jsonrpc: '2.0', id, result: { protocolVersion: '2025-06-18' } }))
      return
    }
    const result = params.cursor
      ? { tools: [{ name: 'c' }] }
      : { tools: [{ name: 'a' }, { name: 'b' }], nextCursor: 'x' }
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end(`: hello\n\nevent: message\ndata: ${JSON.stringify({ jsonrpc: '2.0', id, result })}\n\n`)
  }
}
const allowed = { LANGFLOW_SSRF_ALLOWED_HOSTS: '127.0.0.1' }

test('servers are asked for their tools when they are to be counted', async () => {
  const { client } = await start({ env: allowed })
  const seen: string[] = []
  const url = await listening(mcpServer(seen))
  const web = await listening((_, response) => response.end('<html>'))
  const add = (server_name: string, body: { url: string; headers?: Record<string, string> }) =>
    client.call(createMcpServer, { params: { server_name }, body })
  await add('tools', { url, headers: { authorization: 'Bearer secret' } })
  await add('web page', { url: web })
  await expect(client.call(listMcpServers, { query: { action_count: true } })).resolves.toEqual([
    { name: 'tools', mode: 'streamable_http', toolsCount: 3 },
    {
      name: 'web page',
      mode: 'streamable_http',
      toolsCount: null,
      error: 'Connection failed: what answers there is no MCP server',
    },
  ])
  expect(seen).toEqual([
    'POST initialize - Bearer secret',
    'POST notifications/initialized s1 Bearer secret',
    'POST tools/list s1 Bearer secret',
    'POST tools/list s1 Bearer secret',
    'DELETE  s1 Bearer secret',
  ])
})

test('an address inside is not asked', async () => {
  const { client } = await start()
  let calls = 0
  const url = await listening((_, response) => {
    calls++
    response.end()
  })
  await client.call(createMcpServer, { params, body: { url } })
  await expect(client.call(listMcpServers, { query: { action_count: true } })).resolves.toMatchObject([
    { toolsCount: null, error: expect.stringContaining('may not be called') },
  ])
  expect(calls).toBe(0)
})

test('a program is started to count its tools, unless the operator lists it no more', async () => {
  const { command, args } = everythingCommand
  const env = { RUNNEL_MCP_COMMANDS: [command, ...args].join(' ') }
  const { client, storage, user } = await start({ superuser: true, env })
  await client.call(createMcpServer, { params, body: { command, args } })
  const before = { id: newId(), userId: user.id, name: 'unlisted', createdAt: 0, updatedAt: 0 }
  await storage.mcpServers.add({ ...before, config: secrets.encrypt('{"command":"false"}') })
  await expect(client.call(listMcpServers, { query: { action_count: true } })).resolves.toEqual([
    {
      name: 'unlisted',
      mode: 'stdio',
      toolsCount: null,
      error:
        'Connection failed: The operator of this server has not allowed this command for an MCP server: RUNNEL_MCP_COMMANDS has to hold it whole.',
    },
    { name: 'lf-search', mode: 'stdio', toolsCount: expect.any(Number) },
  ])
})
