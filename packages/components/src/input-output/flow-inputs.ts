import { isObject } from '@runnel/protocol/json'
import { type ComponentSpec, data, defineComponent, field, message, type RunArguments } from '@runnel/sdk'

const TYPES = ['text', 'number', 'integer', 'boolean', 'object', 'list', 'file', 'json']

const inputs = {
  fields: field.table({
    label: 'Fields',
    info: 'What callers of the flow give. Each field has an output of its own.',
    refresh: true,
    columns: [
      { name: 'name', display_name: 'Name', type: 'str', description: 'The key callers use. Any text.' },
      { name: 'label', display_name: 'Label', type: 'str', description: 'How it is shown.', default: '' },
      {
        name: 'type',
        display_name: 'Type',
        type: 'str',
        options: TYPES,
        description: 'What a value may be.',
        default: 'text',
      },
      {
        name: 'required',
        display_name: 'Required',
        type: 'boolean',
        description: 'Calls without it are refused.',
        default: false,
      },
      {
        name: 'default',
        display_name: 'Default',
        type: 'str',
        description: 'The value of calls that leave it out. JSON for all but texts.',
        default: '',
      },
      {
        name: 'description',
        display_name: 'Description',
        type: 'str',
        description: 'What callers read about it.',
        default: '',
      },
    ],
    default: [{ name: 'text', label: '', type: 'text', required: true, default: '', description: '' }],
  }),
  values: field.dict({ label: 'Values', info: 'The values of one run; those of calls replace them.', advanced: true }),
} as const
type Args = RunArguments<typeof inputs>
type Outputs = ComponentSpec<typeof inputs>['outputs']

/** The node calls of a published flow begin at: what it declares is their contract. */
export const flowInputs = defineComponent({
  type: 'FlowInputs',
  displayName: 'Flow Inputs',
  description: 'Declares what callers of the flow give: names, types, what is required and what is usual.',
  icon: 'ListPlus',
  category: 'input_output',
  role: 'input',
  inputs,
  outputs: {
    all: {
      type: 'Data',
      label: 'All Values',
      method: 'all_values',
      run: ({ inputs: given }) => data(valuesOf(given)),
    },
  },
  dynamicOutputs: ({ fields }): Outputs => {
    const rows = Array.isArray(fields) ? fields.filter(isObject) : []
    const named = rows.flatMap((row) => {
      const name = nameOf(row)
      const isText = !['object', 'list', 'json'].includes(String(row.type))
      const label = String(row.label || name)
      return name === '' ? [] : [[outputName(name), { ...valueOutput(name, isText), label }] as const]
    })
    return Object.fromEntries(named)
  },
  outputNamed: (name) => (name.startsWith(PREFIX) ? valueOutput(name.slice(PREFIX.length), false) : undefined),
})

const PREFIX = 'value_'
const outputName = (name: string) => `${PREFIX}${name}`
const nameOf = (row: Readonly<Record<string, unknown>>) =>
  typeof row.name === 'string' ? row.name.trim().normalize('NFC') : ''

function valueOutput(name: string, isText: boolean) {
  return {
    type: 'Any' as const,
    label: name,
    method: outputName(name),
    types: isText ? ['Message'] : ['Data', 'JSON'],
    tool: false,
    run: ({ inputs: given }: Args) => asEdgeValue(valuesOf(given)[name]),
  }
}

/** Texts, numbers and flags as messages; records as data; anything else as data under `value`. */
function asEdgeValue(value: unknown) {
  if (isObject(value)) return data(value)
  if (Array.isArray(value)) return data({ value })
  return message(value === undefined || value === null ? '' : String(value))
}

/** The value of each field: the one given, else its default. */
function valuesOf({ fields, values }: Args['inputs']): Readonly<Record<string, unknown>> {
  const entries = fields.filter(isObject).flatMap((row) => {
    const name = nameOf(row)
    if (name === '') return []
    const given = Object.hasOwn(values, name) ? values[name] : undefined
    return [[name, given ?? defaultOf(row)] as const]
  })
  return Object.fromEntries(entries)
}

/** Cells of a table are texts; the default of a number or a structure is written as JSON. */
function defaultOf({ type, default: preset }: Readonly<Record<string, unknown>>): unknown {
  if (preset === undefined || preset === null || preset === '') return null
  if (typeof preset !== 'string' || type === 'text' || type === 'file') return preset
  try {
    return JSON.parse(preset)
  } catch {
    return preset
  }
}
