import { isObject, type JsonObject } from '@runnel/protocol/json'
import { type Component, describeComponent, type Fields, templateField } from '@runnel/sdk'
import { TOOLS_FIELD, toolOutput, toolsField } from './tool-mode.ts'

/** What the editor has of a node, and what the user has just done to it. */
export interface NodeState {
  readonly template: JsonObject
  readonly node?: JsonObject | undefined
  readonly change?: { readonly field: string; readonly value: unknown } | undefined
  readonly toolMode: boolean
}

/** Of a field, these are the user's own; everything else is the component's. */
const OWN_ATTRIBUTES = ['value', 'advanced', 'load_from_db', 'file_path', 'api_editable', 'api_name'] as const
/** Of a node, these are the user's own. */
const OWN_OF_NODE = ['display_name', 'description', 'minimized', 'frozen', 'pinned', 'edited'] as const

/** The component's description with the user's values, and the fields those values call for. */
export function describeWith(component: Component, { template, node, change, toolMode }: NodeState): JsonObject {
  const described = describeComponent(component, valuesOf(component, template, change))
  const fields = fieldsOf(component, template, change)
  const native = { _type: 'Component', ...fields, code: described.template.code }
  const entries = Object.entries(native).map(([name, entry]) => [name, withOwn(entry, template[name])] as const)
  const extras = extraFields(component, template, native, change)
  const tools = toolMode ? { [TOOLS_FIELD]: withOwn(toolsField(component), template[TOOLS_FIELD]) } : {}
  return {
    ...described,
    ...(node && Object.fromEntries(OWN_OF_NODE.flatMap((key) => (node[key] === undefined ? [] : [[key, node[key]]])))),
    template: { ...Object.fromEntries(entries), ...extras, ...tools },
    custom_fields: customFields(component, described.custom_fields, fields),
    outputs: toolMode ? [toolOutput] : described.outputs.map((output) => withSelection(output, node?.outputs)),
    tool_mode: toolMode,
  }
}

function fieldsOf(component: Component, template: JsonObject, change: NodeState['change']): JsonObject {
  const fields: Fields = { ...component.inputs, ...component.dynamicInputs?.(valuesOf(component, template, change)) }
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, templateField(name, field)]))
}

function valuesOf(component: Component, template: JsonObject, change: NodeState['change']): JsonObject {
  const values: Record<string, unknown> = {}
  for (const [name, { attributes }] of Object.entries(component.inputs)) values[name] = attributes.value
  for (const [name, entry] of Object.entries(template)) if (isObject(entry)) values[name] = entry.value
  return change ? { ...values, [change.field]: change.value } : values
}

function withOwn(entry: unknown, given: unknown): unknown {
  if (!isObject(entry) || !isObject(given)) return entry
  const own = OWN_ATTRIBUTES.flatMap((key) => (given[key] === undefined ? [] : [[key, given[key]]]))
  return { ...entry, ...Object.fromEntries(own) }
}

/** Fields the file has beyond the component's: kept, unless they belong to a value that has just changed. */
function extraFields(
  component: Component,
  template: JsonObject,
  native: JsonObject,
  change: NodeState['change'],
): JsonObject {
  const gone = new Set([...(change ? fieldsOfAlternatives(component, template, change.field) : []), TOOLS_FIELD])
  return Object.fromEntries(
    Object.entries(template).filter(([name]) => !Object.hasOwn(native, name) && !gone.has(name)),
  )
}

/** Every field that some value of `name` calls for. */
function fieldsOfAlternatives(component: Component, template: JsonObject, name: string): readonly string[] {
  const entry = template[name]
  const declared = Object.hasOwn(component.inputs, name) ? component.inputs[name] : undefined
  const options = declared?.attributes.options
  const values = [true, false, ...(Array.isArray(options) ? options : []), ...(isObject(entry) ? [entry.value] : [])]
  return values.flatMap((value) =>
    Object.keys(component.dynamicInputs?.(valuesOf(component, template, { field: name, value })) ?? {}),
  )
}

/** Under the name of its prompt, the variables of a component that has one; `fields` are all it has now. */
function customFields(component: Component, described: JsonObject, fields: JsonObject): JsonObject {
  const [prompt, ...others] = Object.keys(described)
  if (prompt === undefined || others.length > 0) return described
  return { [prompt]: Object.keys(fields).filter((name) => !Object.hasOwn(component.inputs, name)) }
}

/** The output with the type the user has chosen among those it has. */
function withSelection(output: JsonObject, given: unknown): JsonObject {
  const before = Array.isArray(given) ? given.find((one) => isObject(one) && one.name === output.name) : undefined
  const fits = Array.isArray(output.types) && output.types.includes(before?.selected)
  return fits ? { ...output, selected: before.selected } : output
}
