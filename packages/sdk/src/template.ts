import type { Component, ErasedOutput } from './component.ts'
import type { Field } from './field-types.ts'

/** Langflow's catalogue entry: what `/all` serves and what a new node holds in `data.node`. */
export interface ComponentDescription {
  readonly template: Readonly<Record<string, unknown>>
  readonly description: string
  readonly icon: string
  readonly base_classes: readonly string[]
  readonly display_name: string
  readonly documentation: string
  readonly minimized: boolean
  readonly custom_fields: Readonly<Record<string, readonly string[] | null>>
  readonly output_types: readonly string[]
  readonly pinned: boolean
  readonly conditional_paths: readonly string[]
  readonly frozen: boolean
  readonly outputs: readonly Readonly<Record<string, unknown>>[]
  readonly field_order: readonly string[]
  readonly beta: boolean
  readonly legacy: boolean
  readonly replacement?: readonly string[]
  readonly edited: boolean
  readonly metadata: Readonly<Record<string, unknown>>
  readonly tool_mode: boolean
}

/** The wire form of one field. */
export function templateField(name: string, field: Field): Readonly<Record<string, unknown>> {
  return {
    _input_type: field.inputType,
    api_editable: false,
    override_skip: false,
    track_in_telemetry: false,
    ...field.attributes,
    name,
    type: field.type,
    dynamic: false,
    title_case: false,
  }
}

const WIRE_TYPES: Readonly<Record<string, readonly string[]>> = {
  Data: ['Data', 'JSON'],
  DataFrame: ['DataFrame', 'Table'],
}

/** The type names an output carries on the wire. */
export function outputTypes({ type, types }: Pick<ErasedOutput, 'type' | 'types'>): readonly string[] {
  return types ?? WIRE_TYPES[type] ?? [type]
}

/** The wire form of one output. */
export function outputDescription(name: string, output: ErasedOutput): Readonly<Record<string, unknown>> {
  const types = outputTypes(output)
  return {
    types,
    selected: types[0] ?? null,
    name,
    display_name: output.label,
    method: output.method,
    value: '__UNDEFINED__',
    cache: true,
    allows_loop: output.loop !== undefined,
    ...(output.loop && { loop_types: output.loop }),
    group_outputs: output.grouped ?? false,
    tool_mode: output.tool === undefined || output.tool === true,
    ...(output.hidden && { hidden: true }),
    ...(output.info && { info: output.info }),
  }
}

const CODE_FIELD = {
  api_editable: false,
  type: 'code',
  required: true,
  placeholder: '',
  list: false,
  show: true,
  multiline: true,
  value: '',
  fileTypes: [],
  file_path: '',
  password: false,
  name: 'code',
  advanced: true,
  dynamic: true,
  info: '',
  load_from_db: false,
  title_case: false,
} as const

/** The outputs a node shows: the declared ones and those its values call for, the defaults unless given. */
export function shownOutputs(
  component: Component,
  values: Readonly<Record<string, unknown>> = defaultsOf(component),
): Component['outputs'] {
  return { ...component.outputs, ...component.dynamicOutputs?.(values) }
}

/**
 * The catalogue entry of a component. The `code` field is empty but for components that users write. `values` are those
 * of the fields, the defaults unless given.
 */
export function describeComponent(
  component: Component,
  values: Readonly<Record<string, unknown>> = defaultsOf(component),
): ComponentDescription {
  const outputs = Object.entries(shownOutputs(component, values))
  return {
    template: {
      _type: 'Component',
      ...Object.fromEntries(
        Object.entries(component.inputs).map(([name, field]) => [name, templateField(name, field)]),
      ),
      code: { ...CODE_FIELD, value: component.code ?? '' },
    },
    description: component.description,
    icon: component.icon,
    base_classes: [...new Set(outputs.flatMap(([, output]) => (output.hidden ? [] : outputTypes(output))))].sort(),
    display_name: component.displayName,
    documentation: component.documentation ?? '',
    minimized: component.minimized ?? false,
    custom_fields: Object.fromEntries(
      Object.entries(component.inputs)
        .filter(([, field]) => field.type === 'prompt')
        .map(([name]) => [name, null]),
    ),
    output_types: [],
    pinned: false,
    conditional_paths: [],
    frozen: false,
    outputs: outputs.map(([name, output]) => outputDescription(name, output)),
    field_order: Object.keys(component.inputs),
    beta: component.beta ?? false,
    legacy: component.legacy ?? false,
    ...(component.replacement && { replacement: component.replacement }),
    edited: false,
    metadata: {
      module: `runnel.components.${component.category}.${component.type}`,
      component_class_name: component.type,
      code_hash: '',
      dependencies: { dependencies: [{ name: 'runnel', version: null }], total_dependencies: 1 },
      ...component.metadata,
    },
    tool_mode: false,
  }
}

const defaultsOf = ({ inputs }: Component): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(inputs).map(([name, { attributes }]) => [name, attributes.value]))
