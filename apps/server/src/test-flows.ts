import { catalog } from '@runnel/components/catalog'
import { createFlow } from '@runnel/protocol/flows'
import { newId } from '@runnel/protocol/id'
import type { Component } from '@runnel/sdk'
import { type BuiltFlow, flow, type NodeSpec } from '@runnel/testing/flow-builder'
import type { TestPerson } from './test-app.ts'

/** The component of the library. */
export function component(type: string): Component {
  const found = catalog.find((entry) => entry.type === type)
  if (!found) throw new Error(`No component ${type}`)
  return found
}

type FieldValues = Readonly<Record<string, unknown>>

/** A model of OpenAI's that a provider on this machine answers for. */
export const modelNode = (url: string, set: FieldValues = {}): NodeSpec => ({
  component: component('OpenAIModel'),
  set: { api_key: 'sk-1', openai_api_base: `${url}/v1`, ...set },
})

/** A component as the tools of an agent. */
export const toolNode = (type: string, set: FieldValues = {}): NodeSpec => ({
  component: component(type),
  set,
  node: {
    tool_mode: true,
    outputs: [{ name: 'component_as_tool', display_name: 'Toolset', method: 'to_toolkit', types: ['Tool'] }],
  },
})

/** An agent without tools of its own. */
export const agentNode = (set: FieldValues = {}): NodeSpec => ({
  component: component('Agent'),
  set: { system_prompt: 'Help.', add_current_date_tool: false, add_calculator_tool: false, ...set },
})

/** Says what it is told. */
export const echoFlow = (): BuiltFlow =>
  flow({ ask: component('ChatInput'), say: component('ChatOutput') }, ['ask.message -> say.input_value'])

/** Asks a model and says its answer. */
export const modelFlow = (url: string, set: FieldValues = {}): BuiltFlow =>
  flow({ ask: component('ChatInput'), model: modelNode(url, set), say: component('ChatOutput') }, [
    'ask.message -> model.input_value',
    'model.text_output -> say.input_value',
  ])

export interface AgentFlowOptions {
  /** Values of the model's fields. */
  readonly model?: FieldValues
  /** Values of the agent's fields. */
  readonly agent?: FieldValues
  /** What the agent may call; the calculator unless given. */
  readonly tool?: NodeSpec
}

/** Asks an agent, which asks a model and may call a tool, and says its answer. */
export const agentFlow = (url: string, options: AgentFlowOptions = {}): BuiltFlow =>
  flow(
    {
      ask: component('ChatInput'),
      model: modelNode(url, options.model),
      tool: options.tool ?? toolNode('CalculatorComponent'),
      agent: agentNode(options.agent),
      say: component('ChatOutput'),
    },
    [
      'ask.message -> agent.input_value',
      'model.model_output -> agent.model',
      'tool.component_as_tool -> agent.tools',
      'agent.response -> say.input_value',
    ],
  )

/** The same graph, as bodies take it. */
export const graphOf = ({ nodes, edges, viewport }: BuiltFlow) => ({ nodes: [...nodes], edges: [...edges], viewport })

/** A new flow of that graph; gives its id. */
export async function storeFlow(
  { client }: Pick<TestPerson, 'client'>,
  data: BuiltFlow,
  more: object = {},
): Promise<string> {
  return (await client.call(createFlow, { body: { name: `flow ${newId()}`, data: graphOf(data), ...more } })).id
}
