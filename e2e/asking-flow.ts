import type { Client } from '@runnel/client'
import { createFlow } from '@runnel/protocol/flows'
import { readCatalogue } from '@runnel/protocol/server-info'
import { type ProviderReply, replyStream } from '@runnel/testing/provider-server'

const TOOL = 'evaluate_expression'
const chunk = (delta: unknown, finish_reason: string | null = null): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason }] })}\n\n`
const call = { name: TOOL, arguments: '{"expression":"6*7"}' }

/** A model that wants the calculator first and answers then. */
export const CALLS_THEN_ANSWERS: readonly ProviderReply[] = [
  replyStream(
    chunk({ tool_calls: [{ index: 0, id: 'c', type: 'function', function: call }] }),
    chunk({}, 'tool_calls'),
    'data: [DONE]\n\n',
  ),
  replyStream(chunk({ content: 'That is all' }), chunk({}, 'stop'), 'data: [DONE]\n\n'),
]

/** Stores a flow whose agent asks before it calls its calculator. @returns its id */
export async function askingFlow(client: Client, name: string, modelUrl: string): Promise<string> {
  const listed = Object.values(await client.call(readCatalogue, {})).flatMap((one) => Object.entries(one))
  const node = (type: string, x: number, set: Readonly<Record<string, unknown>>, more: object = {}) => {
    const component = structuredClone(listed.find(([one]) => one === type)?.[1]) as Component
    for (const [field, value] of Object.entries(set)) {
      component.template[field] = { ...component.template[field], value, load_from_db: false }
    }
    const data = { id: `${type}-00000`, type, node: { ...component, ...more }, showNode: true }
    return { id: data.id, type: 'genericNode', position: { x, y: 0 }, data }
  }
  const toolset = { name: 'component_as_tool', display_name: 'Toolset', method: 'to_toolkit', types: ['Tool'] }
  const rows = [{ name: TOOL, tags: [TOOL], description: 'Counts.', approval_actions: ['approve', 'edit', 'reject'] }]
  const nodes = [
    node('ChatInput', 0, {}),
    node('OpenAIModel', 0, { api_key: 'sk-1', openai_api_base: `${modelUrl}/v1` }),
    node('CalculatorComponent', 400, {}, { tool_mode: true, outputs: [toolset] }),
    node('Agent', 800, { model: 'connect_other_models', add_current_date_tool: false, add_calculator_tool: false }),
    node('ChatOutput', 1200, {}),
  ]
  const tool = nodes[2]?.data.node.template
  if (tool)
    tool.tools_metadata = { type: 'tools', name: 'tools_metadata', display_name: 'Actions', value: rows, show: true }
  const edge = (source: string, output: string, type: string, target: string, field: string) => ({
    id: `${source}-${target}`,
    source: `${source}-00000`,
    target: `${target}-00000`,
    data: {
      sourceHandle: { dataType: source, id: `${source}-00000`, name: output, output_types: [type] },
      targetHandle: { fieldName: field, id: `${target}-00000`, inputTypes: [type], type: 'other' },
    },
  })
  const edges = [
    edge('ChatInput', 'message', 'Message', 'Agent', 'input_value'),
    edge('OpenAIModel', 'model_output', 'LanguageModel', 'Agent', 'model'),
    edge('CalculatorComponent', 'component_as_tool', 'Tool', 'Agent', 'tools'),
    edge('Agent', 'response', 'Message', 'ChatOutput', 'input_value'),
  ]
  return (await client.call(createFlow, { body: { name, data: { nodes, edges } } })).id
}

interface Component {
  template: Record<string, Record<string, unknown>>
  [more: string]: unknown
}
