import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createFlow } from '@runnel/protocol/flows'
import type { McpAuthSettings } from '@runnel/protocol/mcp-auth'
import { installProject, listInstalledClients, updateProjectTools } from '@runnel/protocol/project-tools'
import { afterEach, expect, test } from 'vitest'
import { type TestApp, type TestAppOptions, testApp } from '../test-app.ts'

const open: TestApp[] = []
afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})

/** A server whose user has a project. */
async function start(options: TestAppOptions = {}) {
  const server = await testApp({ user: 'ada', superuser: true, ...options })
  open.push(server)
  const flow = await server.client.call(createFlow, { body: { name: 'Echo', mcp_enabled: true } })
  const params = { project_id: flow.folder_id ?? '' }
  const place = async (path: string, text?: string): Promise<string> => {
    const file = join(server.home, path)
    await mkdir(dirname(file), { recursive: true })
    if (text !== undefined) await writeFile(file, text)
    return file
  }
  return { server, params, place, ...server }
}
const choose = (
  { client }: Pick<TestApp, 'client'>,
  params: { project_id: string },
  auth_type: McpAuthSettings['auth_type'],
) => client.call(updateProjectTools, { params, body: { settings: [], auth_settings: { auth_type } } })
const readJson = async (file: string) => JSON.parse(await readFile(file, 'utf8'))

test('a program gets the project with a key of its own, and a new one when it is added again', async () => {
  const { client, app, params, place, storage, user } = await start()
  const file = await place('.cursor/mcp.json')
  const listed = () => client.call(listInstalledClients, { params })
  expect((await listed())[0]).toEqual({ name: 'cursor', installed: false, available: true, reason: null })
  expect(await client.call(installProject, { params, body: { client: 'cursor' } })).toEqual({
    message: 'Successfully installed MCP configuration for cursor',
  })
  const entry = async () => (await readJson(file)).mcpServers['my-projects']
  const ping = async ({ url, headers }: { readonly url: string; readonly headers: Record<string, string> }) => {
    const payload = { jsonrpc: '2.0', id: 1, method: 'ping' }
    return (await app.inject({ method: 'POST', url: new URL(url).pathname, headers, payload })).statusCode
  }
  const first = await entry()
  expect(first.url).toBe(`http://localhost:80/api/v1/mcp/project/${params.project_id}/streamable`)
  expect(await ping(first)).toBe(200)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect((await listed())[0]).toMatchObject({ installed: true })

  expect(await client.call(installProject, { params, body: { client: 'cursor', transport: 'sse' } })).toEqual({
    message: 'Successfully reinstalled MCP configuration for cursor (replaced existing servers: my-projects)',
  })
  expect((await entry()).url).toMatch(/\/sse$/)
  expect(await ping(first)).toBe(401)
  const keys = (await storage.apiKeys.list(user.id)).filter(({ limits }) => limits !== null)
  expect(keys).toMatchObject([
    { name: 'MCP My Projects - Cursor', limits: { access: 'run', projectIds: [params.project_id] } },
  ])
})

test('what people have written into the settings of a program stays', async () => {
  const { client, params, place } = await start()
  const before =
    '{\n  // Mine.\n  "theme": "One Dark",\n  "context_servers": {\n    "other": { "url": "http://x" },\n  },\n}\n'
  const file = await place('.config/zed/settings.json', before)
  await choose({ client }, params, 'none')
  await client.call(installProject, { params, body: { client: 'zed' } })
  const text = await readFile(file, 'utf8')
  expect(text).toContain('// Mine.')
  expect(text).toContain('"url": "http://x"')
  expect(text).toContain(`"url": "http://localhost:80/api/v1/mcp/project/${params.project_id}/streamable"`)
  expect(text).not.toContain('x-api-key')
})

test('each program has it where it looks: Claude starts a proxy, VS Code has servers of its own', async () => {
  const { client, params, place } = await start()
  const claude = await place('.config/Claude/claude_desktop_config.json')
  const code = await place('.config/Code/User/mcp.json', '')
  const windsurf = await place('.codeium/windsurf/mcp_config.json')
  for (const name of ['claude', 'vscode', 'windsurf'] as const) {
    await client.call(installProject, { params, body: { client: name, transport: 'sse' } })
  }
  expect((await readJson(claude)).mcpServers['my-projects']).toMatchObject({
    command: 'uvx',
    args: ['mcp-proxy', '--headers', 'x-api-key', expect.stringMatching(/^sk-/), expect.stringMatching(/\/sse$/)],
  })
  expect((await readJson(code)).servers['my-projects']).toMatchObject({ type: 'sse' })
  expect((await readJson(windsurf)).mcpServers['my-projects']).toHaveProperty('serverUrl')
  const listed = await client.call(listInstalledClients, { params })
  expect(listed.map(({ name, installed, reason }) => [name, installed, reason])).toEqual([
    ['cursor', false, 'missing'],
    ['windsurf', true, null],
    ['claude', true, null],
    ['vscode', true, null],
    ['zed', false, 'missing'],
  ])
})

test('a program that is not there is not made up, and settings that are no JSON are left alone', async () => {
  const { client, params, place } = await start()
  await expect(client.call(installProject, { params, body: { client: 'cursor' } })).rejects.toMatchObject({
    status: 400,
    detail: 'Cursor is not installed on this system. Please install Cursor first.',
  })
  const file = await place('.cursor/mcp.json', '{"mcpServers": ')
  await expect(client.call(installProject, { params, body: { client: 'cursor' } })).rejects.toMatchObject({
    status: 400,
    detail: `The settings of Cursor in ${file} are not JSON. Mend them, then try again.`,
  })
  expect(await readFile(file, 'utf8')).toBe('{"mcpServers": ')
  expect((await client.call(listInstalledClients, { params }))[0]).toMatchObject({ installed: false, available: true })
})

test('callers from elsewhere, and users who do not run the server, learn why they cannot', async () => {
  const { app, apiKey, params, place, person } = await start()
  const file = await place('.cursor/mcp.json', '{}')
  const url = `/api/v1/mcp/project/${params.project_id}`
  for (const headers of [{ host: 'flows.example.com' }, { host: 'localhost', 'x-forwarded-for': '192.0.2.1' }]) {
    const remote = { 'x-api-key': apiKey, ...headers }
    const listed = await app.inject({ method: 'GET', url: `${url}/installed`, headers: remote })
    expect(listed.json()[0]).toEqual({ name: 'cursor', installed: false, available: false, reason: 'remote' })
    const payload = { client: 'cursor' }
    const refused = await app.inject({ method: 'POST', url: `${url}/install`, headers: remote, payload })
    expect([refused.statusCode, refused.json().detail]).toEqual([
      403,
      'MCP configuration can only be installed from a local connection',
    ])
  }
  const eve = await person('eve')
  const flow = await eve.client.call(createFlow, { body: { name: 'Hers' } })
  const hers = { project_id: flow.folder_id ?? '' }
  expect((await eve.client.call(listInstalledClients, { params: hers }))[0]).toMatchObject({ reason: 'superusers' })
  await expect(eve.client.call(installProject, { params: hers, body: { client: 'cursor' } })).rejects.toMatchObject({
    status: 403,
  })
  expect(await readFile(file, 'utf8')).toBe('{}')
})
