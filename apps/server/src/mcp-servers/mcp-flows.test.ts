import { catalog } from '@runnel/components/catalog'
import { updateNode } from '@runnel/protocol/editing'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import { createMcpServer } from '@runnel/protocol/mcp-servers'
import { runFlow } from '@runnel/protocol/runs'
import { describeComponent } from '@runnel/sdk'
import { streamText, streamToolCall } from '@runnel/testing/chat-stream'
import { type BuiltFlow, flow } from '@runnel/testing/flow-builder'
import { providerServer } from '@runnel/testing/provider-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { agentFlow, component, storeFlow, toolNode } from '../test-flows.ts'
import { startEverything } from './test-everything.ts'

// Nodes of MCP tools in the editor and in runs, with the reference server of the protocol.

let server: TestApp
let everything: Awaited<ReturnType<typeof startEverything>>
beforeAll(async () => {
  everything = await startEverything('streamableHttp')
  const env = { LANGFLOW_SSRF_ALLOWED_HOSTS: '127.0.0.1' }
  server = await testApp({ user: 'ada', components: catalog, env })
  await server.client.call(createMcpServer, { params: { server_name: 'all' }, body: { url: everything.url } })
})
afterAll(async () => {
  await server.close()
  await everything.close()
})

const chosen = { name: 'all', config: {} }
const update = (node: JsonObject, field: string, field_value: unknown, tool_mode = false) =>
  server.client.call(updateNode, {
    body: { code: '', field, field_value, template: templateOf(node), frontend_node: node, tool_mode },
  })
const templateOf = ({ template }: JsonObject) => (isObject(template) ? template : {})
const described = (): JsonObject => ({ ...describeComponent(component('MCPTools')), type: 'MCPTools' })

test('a chosen server brings its tools, a chosen tool its fields, and another one its own', async () => {
  const node = await update(described(), 'mcp_server', chosen)
  expect(templateOf(node).tool).toMatchObject({ show: true, value: '', options: expect.arrayContaining(['echo']) })
  const echo = await update(node, 'tool', 'echo')
  expect(templateOf(echo)).toMatchObject({
    tool: { value: 'echo' },
    message: { _input_type: 'MessageTextInput', display_name: 'Message', required: true },
  })
  const sum = templateOf(await update(echo, 'tool', 'get-sum'))
  expect(sum).toMatchObject({ a: { type: 'float' }, b: { type: 'float' } })
  expect(sum).not.toHaveProperty('message')
  const gone = await update(echo, 'mcp_server', { name: 'nowhere' })
  expect(templateOf(gone).tool).toMatchObject({ options: [], placeholder: expect.stringContaining('no MCP server') })
})

test('in tool mode the node lists the tools, and keeps what was changed in a row', async () => {
  const node = await update(described(), 'mcp_server', chosen)
  const tools = await update(node, 'tool_mode', true)
  const rows = (made: JsonObject) => {
    const field = templateOf(made).tools_metadata
    return isObject(field) && Array.isArray(field.value) ? field.value : []
  }
  const echo = rows(tools).find(({ tags }) => tags[0] === 'echo')
  expect(echo).toMatchObject({ name: 'echo', status: true, args: { message: { type: 'string' } } })
  const template = templateOf(tools)
  const changed = { ...echo, name: 'say_it', status: false }
  const edited = {
    ...tools,
    template: { ...template, tools_metadata: { ...(template.tools_metadata as JsonObject), value: [changed] } },
  }
  const again = rows(await update(edited, 'mcp_server', chosen, true))
  expect(again.find(({ tags }) => tags[0] === 'echo')).toMatchObject({ name: 'say_it', status: false })
  expect(again.length).toBe(rows(tools).length)
})

async function run(built: BuiltFlow, input_value: string): Promise<string> {
  const id = await storeFlow(server, built)
  return JSON.stringify(
    await server.client.call(runFlow, { params: { flow_id_or_name: id }, query: {}, body: { input_value } }),
  )
}
const chat = { ask: component('ChatInput'), say: component('ChatOutput') }

test('a node calls its tool with what an edge brings', async () => {
  const node = await update(await update(described(), 'mcp_server', chosen), 'tool', 'echo')
  const built = flow({ ...chat, echo: { component: component('MCPTools'), node } }, [
    'ask.message -> echo.message',
    'echo.response -> say.input_value',
  ])
  expect(await run(built, 'good morning')).toContain('Echo: good morning')
})

test('an agent calls the tools of the server that are switched on, by the names they were given', async () => {
  await using provider = await providerServer(streamToolCall('add_up', { a: 20, b: 22 }), streamText(['It is 42.']))
  const rows = [
    { name: 'add_up', description: 'Adds two numbers.', tags: ['get-sum'], status: true },
    { name: 'echo', description: '', tags: ['echo'], status: false },
  ]
  const tool = toolNode('MCPTools', { mcp_server: chosen, tools_metadata: rows })
  expect(await run(agentFlow(provider.url, { tool }), 'What is 20 and 22?')).toContain('It is 42.')
  expect(provider.requests[0]?.body).toMatchObject({
    tools: [{ function: { name: 'add_up', description: 'Adds two numbers.', parameters: { required: ['a', 'b'] } } }],
  })
  expect(provider.requests[1]?.body).toMatchObject({
    messages: [{}, {}, {}, { role: 'tool', tool_call_id: 'call_1', content: 'The sum of 20 and 22 is 42.' }],
  })
})
