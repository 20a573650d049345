import { expect, test } from 'vitest'
import { clientConfig, clientSettings, cursorLink, type ProjectServer, serverName, vscodeLink } from './mcp-clients.ts'

const server: ProjectServer = {
  name: 'desk',
  url: 'https://flows.example.com/api/v1/mcp/project/p/streamable',
  sseUrl: 'https://flows.example.com/api/v1/mcp/project/p/sse',
  key: 'sk-1',
}

test('a client is given the address, or a program that reaches it', () => {
  expect(JSON.parse(clientConfig('http', server))).toEqual({
    mcpServers: { desk: { type: 'http', url: server.url, headers: { 'x-api-key': 'sk-1' } } },
  })
  expect(JSON.parse(clientConfig('unix', { ...server, key: undefined }))).toEqual({
    mcpServers: { desk: { command: 'uvx', args: ['mcp-proxy', server.sseUrl] } },
  })
  expect(JSON.parse(clientConfig('windows', server)).mcpServers.desk.args).toEqual([
    '/c',
    'uvx',
    'mcp-proxy',
    '--headers',
    'x-api-key',
    'sk-1',
    server.sseUrl,
  ])
})

test('programs with names of their own for it find them', () => {
  const headers = { 'x-api-key': 'sk-1' }
  expect(JSON.parse(clientConfig('windsurf', server))).toEqual({
    mcpServers: { desk: { serverUrl: server.url, headers } },
  })
  expect(JSON.parse(clientConfig('zed', server))).toEqual({ context_servers: { desk: { url: server.url, headers } } })
})

test('each program has the server in the place and form it looks for', () => {
  expect(clientSettings('claude', server, 'sse')).toEqual({
    group: 'mcpServers',
    entry: { command: 'uvx', args: ['mcp-proxy', '--headers', 'x-api-key', 'sk-1', server.sseUrl] },
  })
  expect(clientSettings('claude', { ...server, key: undefined }, 'streamablehttp').entry).toEqual({
    command: 'uvx',
    args: ['mcp-proxy', '--transport', 'streamablehttp', server.url],
  })
  expect(clientSettings('vscode', server, 'sse')).toMatchObject({
    group: 'servers',
    entry: { type: 'sse', url: server.sseUrl },
  })
  expect(clientSettings('cursor', server, 'streamablehttp')).toMatchObject({ entry: { url: server.url } })
})

test('links of editors carry the same settings', () => {
  const cursor = new URL(cursorLink(server))
  expect(cursor.searchParams.get('name')).toBe('desk')
  expect(JSON.parse(atob(cursor.searchParams.get('config') ?? ''))).toEqual({
    url: server.url,
    headers: { 'x-api-key': 'sk-1' },
  })
  expect(JSON.parse(decodeURIComponent(vscodeLink(server).split('?')[1] ?? ''))).toMatchObject({
    name: 'desk',
    type: 'http',
  })
})

test('a project of any script has a name that settings take', () => {
  expect(serverName('My Desk (2)', 'abc')).toBe('my-desk-2')
  expect(serverName('客服', '01ce083d-7493')).toBe('project-01ce083d')
})
