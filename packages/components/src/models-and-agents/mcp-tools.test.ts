import { AppError } from '@runnel/protocol/errors'
import { type McpAnswer, type McpPort, type McpTool, message } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { toolsGiven } from '@runnel/testing/tools-given'
import { expect, test } from 'vitest'
import { mcpToolFields, mcpTools } from './mcp-tools.ts'

const find: McpTool = {
  name: 'find.notes',
  description: 'Finds notes.',
  inputSchema: {
    type: 'object',
    properties: {
      query: { type: 'string', description: 'Words.' },
      limit: { anyOf: [{ type: 'integer' }, { type: 'null' }], default: 5 },
      exact: { type: 'boolean' },
      order: { enum: ['new', 'old'] },
      tags: { type: 'array', items: { type: 'string' } },
      filter: {
        type: 'object',
        properties: { author: { type: 'string' }, since: { type: 'string' } },
        required: ['author'],
      },
      headers: { type: 'object' },
    },
    required: ['query'],
  },
}
const said = (...texts: readonly string[]): McpAnswer => ({
  content: texts.map((text) => ({ type: 'text', text })),
  isError: false,
})

function serverThat(answer: McpAnswer | Error) {
  const asked: unknown[] = []
  const mcp: McpPort = {
    async tools(server) {
      asked.push(server)
      return [find]
    },
    async call(server, call) {
      asked.push(server, call)
      if (answer instanceof Error) throw answer
      return answer
    },
  }
  return { mcp, asked }
}
const chosen = { mcp_server: { name: 'notes', config: { url: 'https://notes.test/mcp' } }, tool: 'find.notes' }

test('an argument is a field, a nested one by its path, and one of a taken name gets a dash', () => {
  const fields = mcpToolFields(find)
  expect(
    Object.entries(fields).map(([name, { inputType, attributes }]) => [name, inputType, attributes.required]),
  ).toEqual([
    ['query', 'MessageTextInput', true],
    ['limit', 'IntInput', false],
    ['exact', 'BoolInput', false],
    ['order', 'DropdownInput', false],
    ['tags', 'MessageTextInput', false],
    ['filter.author', 'MessageTextInput', false],
    ['filter.since', 'MessageTextInput', false],
    ['headers_', 'NestedDictInput', false],
  ])
  expect(fields.limit?.attributes.value).toBe(5)
})

test('calls the chosen tool with what its fields hold, blank ones left out', async () => {
  const { mcp, asked } = serverThat(said('{"id": 1, "title": "a"}', 'plain', '[1, 2]'))
  const dynamic = {
    query: message('tea'),
    limit: 3,
    exact: false,
    order: '',
    tags: ['x', ''],
    'filter.author': 'Ada',
    'filter.since': '',
    headers_: {},
  }
  const inputs = { ...chosen, headers: { 'x-own': 'yes' }, verify_ssl: false, tool_execution_timeout: 2.5 }
  const run = await runComponent(mcpTools, inputs, { mcp, dynamic })
  expect(run.response).toMatchObject({
    rows: [
      { id: 1, title: 'a' },
      { type: 'text', text: 'plain' },
      { type: 'text', text: '[1, 2]', parsed_value: [1, 2] },
    ],
  })
  const server = {
    name: 'notes',
    url: 'https://notes.test/mcp',
    headers: { 'x-own': 'yes' },
    verifyCertificate: false,
  }
  const input = { query: 'tea', limit: 3, exact: false, tags: ['x'], filter: { author: 'Ada' } }
  // All outputs are built; the list of tools is what nodes of 1.2 give an agent.
  expect(asked).toEqual([server, server, { tool: 'find.notes', input, timeoutMs: 2500 }, server])
  expect(run.tools).toMatchObject([{ kind: 'tool', name: 'find_notes' }])
})

test('what is not chosen, or not there, is said in a row', async () => {
  const { mcp } = serverThat(said('x'))
  const row = async (inputs: Readonly<Record<string, unknown>>) =>
    (await runComponent(mcpTools, inputs, { mcp })).response
  expect(await row({})).toMatchObject({ rows: [{ error: 'You must select an MCP server' }] })
  expect(await row({ mcp_server: 'notes' })).toMatchObject({ rows: [{ error: 'You must select a tool' }] })
  expect(await row({ mcp_server: 'notes', tool: 'gone' })).toMatchObject({
    rows: [{ error: "The MCP server has no tool 'gone'" }],
  })
})

test('a tool that fails, and a server that does not answer, fail the node', async () => {
  const failed = serverThat({ ...said('no such note'), isError: true })
  await expect(runComponent(mcpTools, chosen, { mcp: failed.mcp })).rejects.toMatchObject({
    message: "Error in build_output: MCP tool 'find.notes' failed: no such note",
  })
  const away = serverThat(new AppError('bad_request', ['nothing listens there']))
  await expect(runComponent(mcpTools, chosen, { mcp: away.mcp })).rejects.toMatchObject({
    message: 'Error in build_output: nothing listens there',
  })
})

test('an agent gets every tool of the server, under a name models take', async () => {
  const { mcp, asked } = serverThat(said('one', 'two'))
  const [tool, ...others] = await toolsGiven(mcpTools, chosen, { mcp })
  expect(others).toEqual([])
  expect(tool).toMatchObject({ name: 'find_notes', description: 'Finds notes.', inputSchema: find.inputSchema })
  expect(tool?.tags).toContain('find.notes')
  const signal = new AbortController().signal
  await expect(tool?.call({ query: 'tea' }, signal)).resolves.toBe('one\ntwo')
  expect(asked.at(-1)).toEqual({ tool: 'find.notes', input: { query: 'tea' }, timeoutMs: 0 })
  const failing = serverThat({ ...said('no'), isError: true })
  const [other] = await toolsGiven(mcpTools, chosen, { mcp: failing.mcp })
  await expect(other?.call({}, signal)).rejects.toMatchObject({ message: "MCP tool 'find.notes' failed: no" })
})

test('without a server there are no tools, and a command in a flow is not started', async () => {
  const { mcp } = serverThat(said('x'))
  await expect(toolsGiven(mcpTools, { mcp_server: {} }, { mcp })).resolves.toEqual([])
  await expect(toolsGiven(mcpTools, {}, { mcp, dynamic: { command: 'uvx thing' } })).rejects.toMatchObject({
    code: 'invalid_field',
  })
})
