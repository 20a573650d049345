import { catalog } from '@runnel/components/catalog'
import { type ChatServer, chatServer } from '@runnel/testing/chat-server'
import { flow } from '@runnel/testing/flow-builder'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { agentNode, component, toolNode } from '../test-flows.ts'

let models: ChatServer
let server: TestApp
beforeAll(async () => {
  models = await chatServer(() => 'Done.')
  const env = {
    OPENAI_API_KEY: 'k',
    SCRAPEGRAPH_API_KEY: 'k',
    OPENAI_BASE_URL: models.url,
    OPENAI_API_BASE: models.url,
  }
  server = await testApp({ user: 'ada', components: catalog, env })
})
afterAll(async () => {
  await server.close()
  await models[Symbol.asyncDispose]()
})

/** The tools a model is offered by an agent with one node in tool mode, whose rows have these tags. */
async function offered(type: string, tags: readonly string[]): Promise<readonly string[]> {
  const rows = tags.map((tag) => ({ name: tag, tags: [tag], description: 'A tool.', status: true }))
  const a = toolNode(type)
  const agent = agentNode({ model: [{ name: 'gpt-4o', provider: 'OpenAI' }] })
  const built = flow({ ask: component('ChatInput'), a, agent, say: component('ChatOutput') }, [
    'a.component_as_tool -> agent.tools',
    'ask.message -> agent.input_value',
    'agent.response -> say.input_value',
  ])
  const data = JSON.parse(JSON.stringify(built))
  data.nodes[1].data.node.template.tools_metadata = { type: 'tools', value: rows, show: true }
  const headers = { 'x-api-key': server.apiKey }
  const made = await server.app.inject({
    method: 'POST',
    url: '/api/v1/flows/',
    headers,
    payload: { name: type, data },
  })
  const url = `/api/v1/run/${made.json().id}`
  const run = await server.app.inject({ method: 'POST', url, headers, payload: { input_value: 'Hi' } })
  expect({ status: run.statusCode, body: run.statusCode === 200 ? '' : run.body }).toEqual({ status: 200, body: '' })
  return models.requests.at(-1)?.tools.toSorted() ?? []
}

// What the starter flows of Langflow 1.4 to 1.6 have in their rows.
test.each([
  ['TavilySearchComponent', ['TavilySearchComponent-fetch_content', 'TavilySearchComponent-fetch_content_text']],
  ['TavilySearchComponent', ['fetch_content_dataframe']],
  ['YfinanceComponent', ['fetch_content', 'fetch_content_text', 'as_dataframe']],
  ['SearchComponent', ['fetch_content', 'fetch_content_text']],
  ['URLComponent', ['fetch_content', 'fetch_content_text', 'as_dataframe']],
  ['URLComponent', ['fetch_content', 'as_message']],
  ['APIRequest', ['make_requests', 'as_dataframe']],
  ['APIRequest', ['make_api_request']],
  ['CalculatorComponent', ['None-evaluate_expression']],
  ['AgentQL', ['AgentQL-build_output']],
  ['needle', ['run']],
  ['ScrapeGraphSearchApi', ['ScrapeGraphSearchApi-search']],
  ['YouTubeTranscripts', ['get_dataframe_output', 'get_message_output', 'get_data_output']],
  ['FAISS', ['search_documents', 'as_dataframe']],
])('%s is offered as the tools %j', async (type, tags) => {
  expect(await offered(type, tags)).toEqual(tags.toSorted())
})
