import type { JsonObject } from '@runnel/protocol/json'
import type { Component } from '@runnel/sdk'

/** The field that names, describes and switches off the tools of a node. */
export const TOOLS_FIELD = 'tools_metadata'

/** The only output of a node in tool mode. */
export const toolOutput = {
  types: ['Tool'],
  selected: 'Tool',
  name: 'component_as_tool',
  display_name: 'Toolset',
  method: 'to_toolkit',
  value: '__UNDEFINED__',
  cache: true,
  allows_loop: false,
  group_outputs: false,
  hidden: null,
  required_inputs: null,
  options: null,
  tool_mode: true,
} as const

/** One row for each tool the component offers: each output that may be one. */
export function toolsField(component: Component): JsonObject {
  const offered = Object.values(component.outputs).filter(({ tool = true, type }) => tool === true && type !== 'Tool')
  const args = argumentsOf(component)
  return {
    _input_type: 'ToolsInput',
    name: TOOLS_FIELD,
    type: 'tools',
    display_name: 'Actions',
    info: 'The tools an agent gets from this component: rename them, describe them, switch them off.',
    required: false,
    advanced: false,
    placeholder: '',
    show: true,
    dynamic: false,
    title_case: false,
    tool_mode: false,
    real_time_refresh: true,
    trace_as_metadata: true,
    is_list: true,
    list_add_label: 'Add More',
    value: offered.map(({ method, toolNames, info }) => {
      const name = toolNames?.[0] ?? method
      const description = info || component.description
      const texts = { name, display_name: name, description, display_description: description }
      return { ...texts, tags: [name], status: true, readonly: false, args }
    }),
  }
}

const TYPES: Readonly<Record<string, string>> = { int: 'integer', float: 'number', slider: 'number', bool: 'boolean' }

/** What the rows show of the arguments; the engine works out the true ones when the tool is made. */
function argumentsOf({ inputs }: Component): JsonObject {
  const marked = Object.entries(inputs).filter(([, { attributes }]) => attributes.tool_mode === true)
  return Object.fromEntries(
    marked.map(([name, { type, attributes }]) => [
      name,
      { title: attributes.display_name, type: TYPES[type] ?? 'string', description: attributes.info ?? '' },
    ]),
  )
}
