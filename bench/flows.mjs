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

const chatInput = { id: 'ChatInput-1', type: 'ChatInput', set: {} }
const chatOutput = { id: 'ChatOutput-1', type: 'ChatOutput', set: {} }

/** Saves a chain of nodes as a flow and returns it as the API answers: `id`, `user_id`, … */
export async function saveFlow(server, name, specs) {
  const catalogue = Object.assign({}, ...Object.values(await call(server, 'GET', '/api/v1/all')))
  const nodes = specs.map((spec) => nodeOf(spec, catalogue[spec.type]))
  const edges = nodes.slice(1).map((node, i) => edgeOf(nodes[i], node, specs[i + 1]))
  const data = { nodes, edges, viewport: { x: 0, y: 0, zoom: 1 } }
  return call(server, 'POST', '/api/v1/flows/', { name, data })
}

function nodeOf({ id, type, set, variable }, description) {
  if (!description) throw new Error(`The catalogue has no component ${type}`)
  const template = { ...description.template }
  if (variable) template[variable] = { ...VARIABLE, name: variable, display_name: variable }
  for (const [name, value] of Object.entries(set)) {
    template[name] = { ...template[name], value, load_from_db: false }
  }
  const node = { ...description, template, ...(variable && { custom_fields: { template: [variable] } }) }
  return { id, type: 'genericNode', position: { x: 0, y: 0 }, data: { id, type, node } }
}

const VARIABLE = { type: 'str', field_type: 'str', value: '', show: true, list: false, input_types: ['Message'] }

function edgeOf(source, target, { variable = 'input_value' }) {
  const output = source.data.node.outputs[0]
  const field = target.data.node.template[variable]
  const sourceHandle = { dataType: source.data.type, id: source.id, name: output.name, output_types: output.types }
  const targetHandle = { fieldName: variable, id: target.id, inputTypes: field.input_types, type: field.type }
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
