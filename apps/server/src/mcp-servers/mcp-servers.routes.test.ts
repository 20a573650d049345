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
  for (const wrong of [
    { ...body, args: ['mcp-server-fetch', '--more'] },
    { ...body, env: { LD_PRELOAD: 'x' } },
  ]) {
    await expect(client.call(replaceMcpServer, { params, body: wrong })).rejects.toMatchObject({ status: 403 })
  }
  const bob = await person('bob')
  await expect(bob.client.call(createMcpServer, { params, body })).rejects.toMatchObject({ status: 403 })
})
