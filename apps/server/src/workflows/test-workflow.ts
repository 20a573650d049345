import type { AddressInfo } from 'node:net'
import { catalog } from '@runnel/components/catalog'
import { createFlow } from '@runnel/protocol/flows'
import { newId } from '@runnel/protocol/id'
import { publishFlow } from '@runnel/protocol/publications'
import type { Component } from '@runnel/sdk'
import { type BuiltFlow, flow, type NodeSpec } from '@runnel/testing/flow-builder'
import { type TestApp, type TestAppOptions, type TestPerson, testApp } from '../test-app.ts'

/** Published flows and their callers, for tests. */
export function component(type: string): Component {
  const found = catalog.find((entry) => entry.type === type)
  if (!found) throw new Error(`No component ${type}`)
  return found
}

/** A component under another title. */
export const titled = (type: string, display_name: string, set: Readonly<Record<string, unknown>> = {}): NodeSpec => ({
  component: component(type),
  set,
  node: { display_name },
})

/** Says what it is told. */
export const echoFlow = (): BuiltFlow =>
  flow({ ask: component('ChatInput'), say: component('ChatOutput') }, ['ask.message -> say.input_value'])

/** Asks a model and says its answer. */
export const modelFlow = (url: string): BuiltFlow =>
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
  await server.app.listen({ port: 0, host: '127.0.0.1' })
  // The app listens on an address, not on a pipe.
  return { ...server, base: `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}` }
}

/** A flow of that graph, published; answers its id. */
export async function published(
  person: Pick<TestPerson, 'client'>,
  data: BuiltFlow,
  more: object = {},
): Promise<string> {
  const { id } = await person.client.call(createFlow, {
    body: { name: `flow ${newId()}`, data: graphOf(data), ...more },
  })
  await person.client.call(publishFlow, { params: { flow_id: id }, body: {} })
  return id
}

/** The same graph, as bodies take it. */
export const graphOf = ({ nodes, edges, viewport }: BuiltFlow) => ({ nodes: [...nodes], edges: [...edges], viewport })
