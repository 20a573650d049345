import { catalog } from '@runnel/components/catalog'
import { publishFlow } from '@runnel/protocol/publications'
import { type BuiltFlow, flow, type NodeSpec } from '@runnel/testing/flow-builder'
import { type ProviderReply, reply } from '@runnel/testing/provider-server'
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

/** A model that says a text at once. */
export const saysAtOnce = (content: string): ProviderReply =>
  reply({ choices: [{ message: { role: 'assistant', content }, finish_reason: 'stop' }] })

export const FREE = { FLOWAI_RATE_LIMIT: '0', LANGFLOW_SSRF_ALLOWED_HOSTS: '127.0.0.1' }

export interface WorkflowServer extends TestApp {
  /** Where it listens. */
  readonly base: string
}

/** A server that listens, as ada's. */
export async function workflowServer(options: TestAppOptions = {}): Promise<WorkflowServer> {
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

/** Runs a published flow as ada. A text is sent as it is. */
export const callWorkflow = (
  on: WorkflowServer,
  id: string,
  body: unknown,
  init: RequestInit = {},
): Promise<Response> =>
  fetch(`${on.base}/v1/api/workflow/run/${id}`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...init,
    headers: { 'x-api-key': on.apiKey, ...init.headers },
  })

/** Read by hand: what tests are about is its exact form. */
interface Body {
  readonly output?: unknown
  readonly session_id?: string
  readonly detail?: string
  readonly error?: { readonly code: string; readonly details: unknown }
}
export const bodyOf = async (response: Response): Promise<Body> => (await response.json()) as Body
export const answered = async (response: Response): Promise<readonly [number, Body]> => [
  response.status,
  await bodyOf(response),
]

/** The body of a call that fails. */
export const failure = (code: string, message: unknown, details: unknown = null): object => ({
  error: { code, message, details },
  detail: message,
})
