// The flows that are run, built from the server's own catalogue and saved through its API.
import { call } from './targets.mjs'

/** ChatInput -> Prompt … Prompt -> ChatOutput, `length` nodes in all. */
export const chain = (length) => {
  const prompts = Array.from({ length: length - 2 }, (_, i) => ({
    id: `Prompt-${i}`,
    type: 'Prompt',
    set: { template: i === 0 ? 'Asked: {text}' : '{text}' },
    variable: 'text',
  }))
  return [chatInput, ...prompts, chatOutput]
}

/** ChatInput -> OpenAI -> ChatOutput, asking the model at `upstream`. */
export const chat = (upstream, model) => [
  chatInput,
  {
    id: 'OpenAIModel-1',
    type: 'OpenAIModel',
    set: { openai_api_base: `${upstream}/v1`, api_key: 'bench-key', model_name: model },
  },
  chatOutput,
]

/** ChatInput -> Agent -> ChatOutput, with a Calculator for its tool, asking the model at `upstream`. */
export const agent = (upstream, model) => ({
  specs: [
    chatInput,
    chat(upstream, model)[1],
    { id: 'Calculator-1', type: 'CalculatorComponent', set: {}, isTool: true },
    { id: 'Agent-1', type: 'Agent', set: { add_current_date_tool: false, add_calculator_tool: false } },
    chatOutput,
  ],
  links: [
    ['ChatInput-1', 'message', 'Agent-1', 'input_value'],
    ['OpenAIModel-1', 'model_output', 'Agent-1', 'model'],
    ['Calculator-1', TOOLSET.name, 'Agent-1', 'tools'],
    ['Agent-1', 'response', 'ChatOutput-1', 'input_value'],
  ],
})

const chatInput = { id: 'ChatInput-1', type: 'ChatInput', set: {} }
const chatOutput = { id: 'ChatOutput-1', type: 'ChatOutput', set: {} }

/** What a component gives in tool mode. */
const TOOLSET = { name: 'component_as_tool', display_name: 'Toolset', method: 'to_toolkit', types: ['Tool'] }

/** Saves a chain of nodes as a flow and returns it as the API answers: `id`, `user_id`, … */
export function saveFlow(server, name, specs) {
  const links = specs.slice(1).map(({ id, variable = 'input_value' }, i) => [specs[i].id, undefined, id, variable])
  return saveGraph(server, name, { specs, links })
}

/** Saves nodes and the links between them, `[source, output, target, field]`; without an output it is the first. */
export async function saveGraph(server, name, { specs, links }) {
  const catalogue = Object.assign({}, ...Object.values(await call(server, 'GET', '/api/v1/all')))
  const nodes = new Map(specs.map((spec) => [spec.id, nodeOf(spec, catalogue[spec.type])]))
  const edges = links.map(([from, output, to, field]) => edgeOf(nodes.get(from), output, nodes.get(to), field))
  const data = { nodes: [...nodes.values()], edges, viewport: { x: 0, y: 0, zoom: 1 } }
  return call(server, 'POST', '/api/v1/flows/', { name, data })
}

function nodeOf({ id, type, set, variable, isTool }, description) {
  if (!description) throw new Error(`The catalogue has no component ${type}`)
  const template = { ...description.template }
  if (variable) template[variable] = { ...VARIABLE, name: variable, display_name: variable }
  for (const [name, value] of Object.entries(set)) {
    template[name] = { ...template[name], value, load_from_db: false }
  }
  const node = {
    ...description,
    template,
    ...(variable && { custom_fields: { template: [variable] } }),
    ...(isTool && { tool_mode: true, outputs: [TOOLSET] }),
  }
  return { id, type: 'genericNode', position: { x: 0, y: 0 }, data: { id, type, node } }
}

const VARIABLE = { type: 'str', field_type: 'str', value: '', show: true, list: false, input_types: ['Message'] }

function edgeOf(source, named, target, fieldName) {
  const { outputs } = source.data.node
  const output = named === undefined ? outputs[0] : outputs.find(({ name }) => name === named)
  const field = target.data.node.template[fieldName]
  const sourceHandle = { dataType: source.data.type, id: source.id, name: output.name, output_types: output.types }
  const targetHandle = { fieldName, id: target.id, inputTypes: field.input_types, type: field.type }
  return {
    id: `edge-${source.id}-${target.id}`,
    source: source.id,
    target: target.id,
    sourceHandle: handleText(sourceHandle),
    targetHandle: handleText(targetHandle),
    data: { sourceHandle, targetHandle },
  }
}

/** Handles are JSON with œ in place of quotes. */
const handleText = (handle) => JSON.stringify(handle).replaceAll('"', 'œ')
