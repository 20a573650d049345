import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createFlow, type FlowCreate } from '@runnel/protocol/flows'
import { isObject } from '@runnel/protocol/json'
import { readCatalogue } from '@runnel/protocol/server-info'
import type { Area } from './picture-difference.ts'
import type { Runnel } from './start-runnel.ts'

/** Nodes of one flow, each in a place of its own, that show all a kind of thing can look like. */
export interface Sheet {
  readonly name: string
  readonly flowId: string
  /** The name of each story and its place, in pixels of a view that is neither moved nor zoomed. */
  readonly stories: Readonly<Record<string, Area>>
}

const COLUMNS = 7
const CELL = { width: 380, height: 330 }
const MARGIN = 24

export const SHEET_SIZE = { width: COLUMNS * CELL.width + MARGIN, height: 4 * CELL.height }

type Field = Readonly<Record<string, unknown>>
const options = ['First', 'Second', 'Third']

/** A field of each kind, filled; beside it the node shows the same without a value. */
const FIELDS: Readonly<Record<string, Field>> = {
  text: { type: 'str', value: 'Some text' },
  required: { type: 'str', value: '', required: true },
  secret: { type: 'str', _input_type: 'SecretStrInput', password: true, value: 'secret' },
  variable: { type: 'str', load_from_db: true, value: 'GREETING' },
  multiline: { type: 'str', multiline: true, value: 'Two\nlines' },
  int: { type: 'int', value: 42 },
  float: { type: 'float', value: 0.5 },
  boolean: { type: 'bool', value: true },
  dropdown: { type: 'str', _input_type: 'DropdownInput', options, value: 'First' },
  multiselect: { type: 'str', _input_type: 'MultiselectInput', list: true, options, value: ['First', 'Third'] },
  list: { type: 'str', _input_type: 'MessageTextInput', list: true, value: ['One', 'Two'] },
  slider: { type: 'slider', value: 0.7, range_spec: { min: 0, max: 1, step: 0.1, step_type: 'float' } },
  tab: { type: 'tab', options, value: 'Second' },
  prompt: { type: 'prompt', value: 'Answer {question}' },
  mustache: { type: 'mustache', value: 'Answer {{question}}' },
  dictionary: { type: 'dict', list: true, value: { key: 'value' } },
  nested: { type: 'NestedDict', value: { key: { deep: 1 } } },
  table: { type: 'table', value: [{ name: 'a' }], table_schema: [{ name: 'name', display_name: 'Name', type: 'str' }] },
  file: { type: 'file', value: 'a.txt', file_path: 'a.txt', fileTypes: ['txt'] },
  link: { type: 'link', value: 'https://example.com', text: 'Open', icon: 'Globe' },
  sortable: { type: 'sortableList', options: [{ name: 'One' }, { name: 'Two' }], value: [{ name: 'One' }] },
  connection: { type: 'connect', options: [{ name: 'Mail' }], value: '' },
  code: { type: 'code', value: 'print(1)' },
  duration: { type: 'duration', value: { value: 5, unit: 'Minutes' } },
  copy: { type: 'str', _input_type: 'MultilineInput', multiline: true, copy_field: true, value: 'To be copied' },
  input: { type: 'other', input_types: ['Message'], value: '' },
  unknown: { type: 'somethingNew', value: { raw: true } },
}

const OUTPUT = { name: 'out', display_name: 'Message', types: ['Message'], selected: 'Message' }
const TEXT: Field = { ...FIELDS.text, name: 'text', display_name: 'Text', show: true }

interface Told {
  readonly type?: string
  /** Beside the component in what is stored of a node. */
  readonly data?: Field
  readonly component?: Field
}

/** What may be said of a node before it has ever run. */
const STATES: Readonly<Record<string, Told>> = {
  plain: {},
  described: { component: { description: 'Says **what it is told**, and nothing else.' } },
  minimised: { data: { showNode: false } },
  frozen: { component: { frozen: true } },
  'switched off': { component: { disabled: 'stop' } },
  'passed by': { component: { disabled: 'pass' } },
  legacy: { component: { legacy: true, replacement: [] } },
  beta: { component: { beta: true } },
  unknown: { type: 'NobodyKnowsThis' },
  'input missing': { component: { template: { text: { ...TEXT, value: '', required: true } } } },
  'several outputs': {
    component: {
      outputs: [OUTPUT, { ...OUTPUT, name: 'other', display_name: 'Other', types: ['Data'], selected: 'Data' }],
    },
  },
  loop: { component: { outputs: [{ ...OUTPUT, allows_loop: true, loop_types: ['Message'] }] } },
  'hidden output': { component: { outputs: [OUTPUT, { ...OUTPUT, name: 'hidden', hidden: true }] } },
  'tool mode': { component: { tool_mode: true, template: { text: { ...TEXT, tool_mode: true } } } },
}

function sheetNodes(told: Readonly<Record<string, Told>>) {
  const stories: Record<string, Area> = {}
  const nodes = Object.entries(told).map(([name, { type = 'CombineText', data, component }], index) => {
    const x = MARGIN + (index % COLUMNS) * CELL.width
    const y = MARGIN + Math.floor(index / COLUMNS) * CELL.height
    stories[name] = { x: x - MARGIN, y: y - MARGIN, ...CELL }
    const id = `Story-${index}`
    const node = {
      display_name: name,
      description: '',
      icon: 'Type',
      template: { text: TEXT },
      outputs: [OUTPUT],
      ...component,
    }
    return { id, type: 'genericNode', position: { x, y }, data: { id, type, node, ...data } }
  })
  return { nodes, stories }
}

const withField = (name: string, field: Field): Told => {
  const shown = { ...field, name, show: true }
  const empty = { ...shown, value: Array.isArray(field.value) ? [] : typeof field.value === 'object' ? {} : '' }
  const template = {
    filled: { ...shown, display_name: 'Filled' },
    // Of a choice or a switch there is nothing without a value.
    ...(typeof field.value !== 'boolean' && { empty: { ...empty, display_name: 'Empty' } }),
  }
  return { component: { template } }
}

/** A flow that asks a model, of which the nodes stand as on a sheet: what runs do to nodes is seen on it. */
export async function makeRunSheet({ client }: Pick<Runnel, 'client'>): Promise<Sheet> {
  const file = readFileSync(join(import.meta.dirname, '../starters/Basic Prompting.json'), 'utf8')
  const { data }: { readonly data: { readonly nodes: readonly unknown[]; readonly edges: readonly unknown[] } } =
    JSON.parse(file)
  const stories: Record<string, Area> = {}
  const nodes = data.nodes.filter(isObject).map((node, index) => {
    stories[String(node.id)] = { x: index * CELL.width, y: 0, width: CELL.width, height: SHEET_SIZE.height }
    return { ...node, position: { x: MARGIN + index * CELL.width, y: MARGIN } }
  })
  const body = { name: 'Stories of runs', data: { nodes, edges: data.edges } as unknown as FlowCreate['data'] }
  return { name: 'runs', flowId: (await client.call(createFlow, { body })).id, stories }
}

/** Stores the flows of the sheets that need no run. */
export async function makeSheets({ client }: Pick<Runnel, 'client'>): Promise<readonly Sheet[]> {
  const known = await client.call(readCatalogue, {})
  if (!Object.values(known).some((types) => 'CombineText' in types))
    throw new Error('No CombineText to tell stories with')
  const fields = Object.fromEntries(Object.entries(FIELDS).map(([name, field]) => [name, withField(name, field)]))
  const sheets: Sheet[] = []
  for (const [name, told] of Object.entries({ fields, states: STATES })) {
    const { nodes, stories } = sheetNodes(told)
    // A graph as an export file holds it.
    const data = { nodes, edges: [] } as unknown as FlowCreate['data']
    const { id } = await client.call(createFlow, { body: { name: `Stories of ${name}`, data } })
    sheets.push({ name, flowId: id, stories })
  }
  return sheets
}
