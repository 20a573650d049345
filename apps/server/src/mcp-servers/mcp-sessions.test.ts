import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { McpServerConfig } from '@runnel/protocol/mcp-servers'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { loadConfig } from '../config.ts'
import { createAddressRules } from '../egress/address-rules.ts'
import { createHttpClient } from '../egress/http-client.ts'
import { createMcpSessions } from './mcp-sessions.ts'
import { everythingCommand, startEverything } from './test-everything.ts'

// Sessions with the reference server of the protocol, over each way there is to speak with it.

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const signal = new AbortController().signal
const caller = { ownerId: 'ada', sessionId: 's-1', programs: true }

/** Sessions for one user who has entered these servers. */
function sessionsWith(servers: Readonly<Record<string, McpServerConfig>>, env: Readonly<Record<string, string>> = {}) {
  const sessions = createMcpSessions({
    mcpServers: {
      find: async (_user, name) => (servers[name] ? { name, config: servers[name] } : undefined),
      check: () => undefined,
    },
    storage: { users: { find: async () => undefined } },
    http: createHttpClient(createAddressRules({ allowed: ['127.0.0.1'] })),
    config: { ...loadConfig(env), environment: (name) => (name === 'PATH' ? process.env.PATH : undefined) },
    now: Date.now,
  })
  closing.push(() => sessions.close())
  return sessions
}

const web: { close(): Promise<void>; url: string }[] = []
const addresses = { streamable: '', sse: '' }
beforeAll(async () => {
  web.push(await startEverything('streamableHttp'), await startEverything('sse'))
  addresses.streamable = web[0]?.url ?? ''
  addresses.sse = web[1]?.url ?? ''
})
afterAll(async () => {
  for (const server of web) await server.close()
})

describe.each([
  ['stdio', () => everythingCommand],
  ['streamable_http', () => ({ url: addresses.streamable })],
  ['sse', () => ({ url: addresses.sse })],
] as const satisfies readonly (readonly [string, () => McpServerConfig])[])('over %s', (mode, config) => {
  test('names its tools and calls them', async () => {
    const sessions = sessionsWith({ all: config() })
    const port = sessions.portOf(caller)
    const tools = await port.tools({ name: 'all' }, signal)
    expect(tools.find(({ name }) => name === 'echo')).toMatchObject({
      description: 'Echoes back the input string',
      inputSchema: { properties: { message: { type: 'string' } }, required: ['message'] },
    })
    const calls = ['one', 'two'].map((message) =>
      port.call({ name: 'all' }, { tool: 'echo', input: { message } }, signal),
    )
    expect((await Promise.all(calls)).map(({ content }) => content)).toEqual([
      [{ type: 'text', text: 'Echo: one' }],
      [{ type: 'text', text: 'Echo: two' }],
    ])
    const structured = await port.call(
      { name: 'all' },
      { tool: 'get-structured-content', input: { location: 'Chicago' } },
      signal,
    )
    expect(structured.structured).toMatchObject({ temperature: expect.any(Number) })
    const wrong = await port.call({ name: 'all' }, { tool: 'get-sum', input: { a: 'x' } }, signal)
    expect(wrong.isError).toBe(true)
  })

  test('counts its tools in a session of its own', async () => {
    const found = await sessionsWith({ all: config() }).inspect({ name: 'all' }, caller, signal)
    expect(found.mode).toBe(mode)
    expect(found.tools.length).toBeGreaterThan(8)
  })

  test('ends a call that is cancelled or takes too long, and goes on in the same session', async () => {
    const port = sessionsWith({ all: config() }).portOf(caller)
    const slow = { tool: 'trigger-long-running-operation', input: { duration: 20, steps: 2 } }
    await expect(port.call({ name: 'all' }, { ...slow, timeoutMs: 200 }, signal)).rejects.toMatchObject({
      message: 'Tool trigger-long-running-operation gave no answer within 0.2 seconds.',
    })
    const stop = new AbortController()
    const call = port.call({ name: 'all' }, slow, stop.signal)
    stop.abort(new Error('left'))
    await expect(call).rejects.toThrow('left')
    const sum = await port.call({ name: 'all' }, { tool: 'get-sum', input: { a: 1, b: 2 } }, signal)
    expect(sum.content).toEqual([{ type: 'text', text: 'The sum of 1 and 2 is 3.' }])
  })
})

test('a program gets the variables it needs to start, those it was given, and no others', async () => {
  const server = { ...everythingCommand, env: { FETCH_KEY: 'k' } }
  const port = sessionsWith({ all: server }).portOf(caller)
  const { content } = await port.call({ name: 'all' }, { tool: 'get-env', input: {} }, signal)
  const names = Object.keys(JSON.parse(String(content[0]?.text)))
  expect(names).toEqual(expect.arrayContaining(['PATH', 'FETCH_KEY']))
  expect(names).not.toContain('VITEST')
})

test('conversations have sessions of their own, and a program that has ended is started again', async () => {
  const program = `
    const send = (id, result) => console.log(JSON.stringify({ jsonrpc: '2.0', id, result }))
    require('readline').createInterface({ input: process.stdin }).on('line', (line) => {
      const { id, method } = JSON.parse(line)
      if (method === 'initialize') { console.log('starting'); send(id, { protocolVersion: '2025-06-18' }) }
      if (method === 'tools/call') send(id, { content: [{ type: 'text', text: String(process.pid) }] })
    })`
  const port = sessionsWith({ pid: { command: process.execPath, args: ['-e', program] } })
  const pidIn = async (sessionId: string) => {
    const { content } = await port
      .portOf({ ...caller, sessionId })
      .call({ name: 'pid' }, { tool: 'x', input: {} }, signal)
    return Number(content[0]?.text)
  }
  const [first, again, other] = [await pidIn('s-1'), await pidIn('s-1'), await pidIn('s-2')]
  expect(first).toBe(again)
  expect(first).not.toBe(other)
  process.kill(first, 'SIGKILL')
  while (isAlive(first)) await new Promise((resolve) => setImmediate(resolve))
  expect(await pidIn('s-1')).not.toBe(first)
  await port.close()
  expect(isAlive(other)).toBe(false)
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('a program that ends at once is no server', async () => {
  const port = sessionsWith({ bad: { command: process.execPath, args: ['-e', 'process.exit(1)'] } }).portOf(caller)
  await expect(port.tools({ name: 'bad' }, signal)).rejects.toMatchObject({
    message: 'The program of the MCP server has ended (code 1).',
  })
})

test('a program that is not there is said so, and one that stays silent is given up', async () => {
  const servers = {
    none: { command: '/nowhere/at-all' },
    mute: { command: process.execPath, args: ['-e', 'setInterval(() => {}, 1000)'] },
  }
  const port = sessionsWith(servers, { LANGFLOW_MCP_SERVER_TIMEOUT: '1' }).portOf(caller)
  await expect(port.tools({ name: 'none' }, signal)).rejects.toMatchObject({
    message: 'The program of the MCP server cannot be started.',
  })
  await expect(port.tools({ name: 'mute' }, signal)).rejects.toMatchObject({
    message: 'The MCP server did not answer within 1 seconds.',
  })
})

test('a server that is not entered is used by the address in the flow, one without an address is refused', async () => {
  const port = sessionsWith({}).portOf(caller)
  await expect(port.tools({ name: 'new', url: addresses.streamable }, signal)).resolves.not.toEqual([])
  await expect(port.tools({ name: 'new' }, signal)).rejects.toMatchObject({ code: 'invalid_field' })
  await expect(port.tools({ name: '', url: 'http://10.0.0.1/mcp' }, signal)).rejects.toMatchObject({
    code: 'address_refused',
  })
})

test('visitors of a public flow start no program', async () => {
  const port = sessionsWith({ all: everythingCommand }).portOf({ ...caller, programs: false })
  await expect(port.tools({ name: 'all' }, signal)).rejects.toMatchObject({ code: 'mcp_command_refused' })
})

test('a session the server has forgotten is begun anew', async () => {
  const seen: string[] = []
  let sessions = 0
  const url = await listening(async (request, response) => {
    const { id, method } = JSON.parse(await text(request)) as { id?: number; method: string }
    const session = request.headers['mcp-session-id']
    seen.push(`${method} ${session ?? '-'}`)
    if (method === 'tools/call' && session === 's1') response.writeHead(404).end()
    else if (id === undefined) response.writeHead(202).end()
    else {
      if (method === 'initialize') response.setHeader('mcp-session-id', `s${++sessions}`)
      const result = method === 'initialize' ? { protocolVersion: '2025-06-18' } : { content: [] }
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ jsonrpc: '2.0', id, result }))
    }
  })
  const port = sessionsWith({ web: { url } }).portOf(caller)
  await expect(port.call({ name: 'web' }, { tool: 'x', input: {} }, signal)).resolves.toEqual({
    content: [],
    isError: false,
  })
  expect(seen.filter((line) => !line.startsWith('notifications'))).toEqual([
    'initialize -',
    'tools/call s1',
    'initialize -',
    'tools/call s2',
  ])
})

/** An HTTP server on this machine; answers its address. */
async function listening(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) => {
    if (request.method === 'POST') answer(request, response)
    else response.writeHead(405).end()
  })
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`
}

test('more programs than there may be at once end the one used longest ago', async () => {
  const program = `
    require('readline').createInterface({ input: process.stdin }).on('line', (line) => {
      const { id, method } = JSON.parse(line)
      const result = method === 'initialize' ? { protocolVersion: '2025-06-18' } : { content: [{ pid: process.pid }] }
      if (id !== undefined) console.log(JSON.stringify({ jsonrpc: '2.0', id, result }))
    })`
  const sessions = sessionsWith({ pid: { command: process.execPath, args: ['-e', program] } })
  const pidIn = async (sessionId: string) => {
    const port = sessions.portOf({ ...caller, sessionId })
    return Number((await port.call({ name: 'pid' }, { tool: 'x', input: {} }, signal)).content[0]?.pid)
  }
  const pids: number[] = []
  for (let number = 0; number < 33; number++) pids.push(await pidIn(`s-${number}`))
  while (isAlive(pids[0] ?? 0)) await new Promise((resolve) => setImmediate(resolve))
  expect(pids.slice(1).every(isAlive)).toBe(true)
})
