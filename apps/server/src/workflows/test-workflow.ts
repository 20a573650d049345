import { catalog } from '@runnel/components/catalog'
import { publishFlow } from '@runnel/protocol/publications'
import { type BuiltFlow, flow, type NodeSpec } from '@runnel/testing/flow-builder'
import { type TestApp, type TestAppOptions, type TestPerson, testApp } from '../test-app.ts'
import { component, storeFlow } from '../test-flows.ts'

// Published flows and their callers, for tests.

/** A component under another title. */
export const titled = (type: string, display_name: string, set: Readonly<Record<string, unknown>> = {}): NodeSpec => ({
  component: component(type),
  set,
  node: { display_name },
})

/** Asks a model and says its answer, under titles. */
export const titledModelFlow = (url: string): BuiltFlow =>
  flow(
    {
      myinput: titled('ChatInput', '开始'),
      llm: titled('OpenAIModel', 'LLM1', { api_key: 'k', openai_api_base: `${url}/v1` }),
      end: titled('ChatOutput', '结束(输出)1'),
    },
    ['myinput.message -> llm.input_value', 'llm.text_output -> end.input_value'],
  )

/** Declares fields, and gives all of their values. */
export const declaringFlow = (fields: readonly Readonly<Record<string, unknown>>[]): BuiltFlow =>
  flow({ start: { component: component('FlowInputs'), set: { fields } }, say: component('ChatOutput') }, [
    'start.all -> say.input_value',
  ])

export const FREE = { FLOWAI_RATE_LIMIT: '0', LANGFLOW_SSRF_ALLOWED_HOSTS: '127.0.0.1' }

/** A server that listens, as ada's. */
export async function workflowServer(options: TestAppOptions = {}): Promise<TestApp & { readonly base: string }> {
  const server = await testApp({ user: 'ada', components: catalog, ...options, env: { ...FREE, ...options.env } })
  return { ...server, base: await server.listen() }
}

/** A flow of that graph, published; answers its id. */
export async function published(
  person: Pick<TestPerson, 'client'>,
  data: BuiltFlow,
  more: object = {},
): Promise<string> {
  const id = await storeFlow(person, data, more)
  await person.client.call(publishFlow, { params: { flow_id: id }, body: {} })
  return id
}
