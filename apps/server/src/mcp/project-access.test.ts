import { catalog } from '@runnel/components/catalog'
import { createFlow } from '@runnel/protocol/flows'
import type { McpAuthSettings } from '@runnel/protocol/mcp-auth'
import { updateProjectTools } from '@runnel/protocol/project-tools'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type TestApp, type TestAppOptions, testApp } from '../test-app.ts'
import { echoFlow, graphOf } from '../test-flows.ts'

// Who may call the MCP server of a project, as its owner has chosen.

let server: TestApp
let project: string
beforeAll(async () => {
  server = await testApp({ user: 'ada', components: catalog })
  project = await withTools(server)
})
afterAll(() => server.close())
beforeEach(() => server.clock.advance(60_000))

/** A project with two flows, one of them a tool. */
async function withTools({ client }: TestApp): Promise<string> {
  const data = graphOf(echoFlow())
  await client.call(createFlow, { body: { name: 'Kept back', data } })
  const { id, folder_id } = await client.call(createFlow, { body: { name: 'Echo', data } })
  const params = { project_id: folder_id ?? '' }
  const settings = [{ id, mcp_enabled: true, action_name: 'repeat' }]
  await client.call(updateProjectTools, { params, body: { settings } })
  return params.project_id
}

const choose = (auth_type: McpAuthSettings['auth_type'], { client } = server, project_id = project) =>
  client.call(updateProjectTools, { params: { project_id }, body: { settings: [], auth_settings: { auth_type } } })

const ask = (method: string, params: object = {}, headers: Readonly<Record<string, string>> = {}) =>
  server.app.inject({
    method: 'POST',
    url: `/api/v1/mcp/project/${project}/streamable`,
    headers: { accept: 'application/json', ...headers },
    payload: { jsonrpc: '2.0', id: 1, method, params },
  })
const say = (text: string, headers: Readonly<Record<string, string>> = {}, session_id = 'mine') =>
  ask('tools/call', { name: 'repeat', arguments: { input_value: text, session_id } }, headers)
const own = () => ({ 'x-api-key': server.apiKey })

test('open to everybody, a project shows its tools, and no more', async () => {
  await choose('none')
  const { result } = (await ask('tools/list')).json()
  expect(result.tools.map(({ name }: { readonly name: string }) => name)).toEqual(['repeat'])
  expect((await say('hello')).json().result).toEqual({ content: [{ type: 'text', text: 'hello' }], isError: false })
  expect((await ask('tools/call', { name: 'kept_back', arguments: {} })).json().error.message).toContain('Unknown tool')
  for (const url of ['/api/v1/mcp/streamable', '/api/v1/flows/', `/api/v1/projects/${project}`]) {
    const method = url.includes('mcp') ? 'POST' : 'GET'
    const payload = method === 'POST' ? { payload: { jsonrpc: '2.0', id: 1, method: 'tools/list' } } : {}
    expect((await server.app.inject({ method, url, ...payload })).statusCode).toBe(403)
  }
})

test('what a stranger says is kept apart from the owner’s conversations, and from files', async () => {
  await choose('none')
  await say('of the owner', own())
  await say('of a stranger')
  const found = await server.storage.messages.find({ userId: server.user.id, sessionId: 'mine' })
  expect(found.map(({ text }) => text)).toEqual(['of the owner', 'of the owner'])
  expect((await ask('resources/list')).json().result).toEqual({ resources: [] })
})

test('strangers may call twenty times a minute, and the owner more', async () => {
  await choose('none')
  for (let call = 0; call < 20; call++) expect((await say('again')).json().result).toMatchObject({ isError: false })
  expect((await say('again')).json().error.message).toBe('Too many requests. Please try again later.')
  expect((await say('again', own())).json().result).toMatchObject({ isError: false })
  server.clock.advance(60_001)
  expect((await say('again')).json().result).toMatchObject({ isError: false })
})

test('an open project answers no page of another site', async () => {
  await choose('none')
  for (const headers of [
    { origin: 'https://evil.example.com' },
    { 'sec-fetch-site': 'cross-site' },
    { origin: 'http://rebound.example.com', host: 'rebound.example.com' },
  ]) {
    expect((await ask('tools/list', {}, headers)).statusCode).toBe(403)
  }
})

test('with a key asked for, strangers are refused at once', async () => {
  await choose('none')
  expect((await ask('ping')).statusCode).toBe(200)
  await choose('apikey')
  expect((await ask('ping')).statusCode).toBe(401)
  expect((await ask('ping', {}, own())).statusCode).toBe(200)
})

test('with a key asked for, not even programs on this machine come in without one', async () => {
  const options: TestAppOptions = { superuser: true, user: 'langflow', components: catalog }
  const local = await testApp({ ...options, env: { LANGFLOW_AUTO_LOGIN: 'true' } })
  try {
    const id = await withTools(local)
    const ping = (headers: Readonly<Record<string, string>> = {}) =>
      local.app.inject({
        method: 'POST',
        url: `/api/v1/mcp/project/${id}/streamable`,
        headers: { host: 'localhost', accept: 'application/json', ...headers },
        payload: { jsonrpc: '2.0', id: 1, method: 'ping' },
      })
    expect((await ping()).statusCode).toBe(200)
    await choose('apikey', local, id)
    expect((await ping()).statusCode).toBe(401)
    expect((await ping({ 'x-api-key': local.apiKey })).statusCode).toBe(200)
  } finally {
    await local.close()
  }
})
