import { zhCN } from '@runnel/components/translations/zh-cn'
import { dataTypeName } from '@runnel/engine/handle-codec'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import { type Component, describeComponent } from '@runnel/sdk'
import { type Choices, withChoices } from './choices.ts'
import { isSecret } from './field-value.ts'

/** What any flow may need; what belongs to a vendor is listed where a description names it. */
const COMMON = new Set([
  ...['input_output', 'data_source', 'models_and_agents', 'llm_operations'],
  ...['files_and_knowledge', 'processing', 'flow_controls', 'utilities'],
])
/** Of these, what a person sets up on the canvas or few flows need: a model with a small context reads the others. */
const RARE = new Set([
  ...['RunFlow', 'A2AAgent', 'MCPTools', 'FlowInputs', 'MockDataGenerator', 'LLMSelectorComponent', 'Listen', 'Notify'],
  ...['FileSystemTool', 'MemoryBase', 'DataFrameToToolset', 'DynamicCreateData', 'TypeConverterComponent'],
  'Operations',
])
/** What belongs to a vendor, and is needed as often as the common ones. */
const USUAL = new Set(['WikipediaComponent'])
/** So many that a description names are listed besides. */
const MOST_NAMED = 12

/** What cannot be told from fields and outputs. */
const REMARKS: Readonly<Record<string, string>> = {
  Prompt:
    'Each {name} in the template becomes an input of that name. No {template} or {code}. Write other braces doubled.',
  SmartRouter: 'Row 1 of routes leaves at category_1_result, row 2 at category_2_result and so on.',
  LoopComponent: 'What is done with an item comes back by an edge to the loop with input "item".',
  Agent: 'Tools are components whose output component_as_tool is connected to the input tools.',
  Knowledge: 'Mode Ingest keeps what comes in; mode Retrieve searches.',
}

/** Whether a plan may have a component: those that users write, and those that are old, it may not. */
export const isOffered = ({ legacy, ofNode }: Component): boolean => !legacy && ofNode === undefined

/** One line for each component a model may choose from to build what is described. */
export function componentIndex(components: readonly Component[], description: string, choices: Choices = {}): string {
  const offered = components.filter(isOffered)
  const common = offered.filter(({ category, type }) => (COMMON.has(category) ? !RARE.has(type) : USUAL.has(type)))
  const named = offered.filter((one) => !common.includes(one) && isNamed(one, description.toLowerCase()))
  return [...common, ...named.slice(0, MOST_NAMED)].map((one) => lineOf(one, choices)).join('\n')
}

function isNamed({ category, displayName, type }: Component, text: string): boolean {
  const words = [displayName, type, COMMON.has(category) ? '' : category, zhCN[displayName] ?? '']
  return words.some((word) => mentions(text, word.toLowerCase().replaceAll('_', ' ')))
}

/** Whether a text has a word as a word of its own; Chinese has no spaces between its words. */
function mentions(text: string, word: string): boolean {
  const at = word.length < 2 ? -1 : text.indexOf(word)
  if (at < 0) return false
  return !/[a-z0-9]/.test(`${text[at - 1] ?? ' '}${text[at + word.length] ?? ' '}`)
}

function lineOf(component: Component, choices: Choices): string {
  const { template, outputs } = describeComponent(component)
  const fields = Object.entries(withChoices(template, choices)).flatMap(([name, field]) =>
    isObject(field) ? fieldWords(name, field) : [],
  )
  const given = outputs.filter(({ hidden }) => hidden !== true).map(({ name, types }) => `${name}:${typesOf(types)}`)
  const parts = [
    `${component.type} (${component.displayName}): ${component.description}`,
    ...(fields.length > 0 ? [`fields ${fields.join(', ')}`] : []),
    `outputs ${given.join(', ')}`,
    ...(Object.hasOwn(REMARKS, component.type) ? [REMARKS[component.type]] : []),
  ]
  return `- ${parts.join(' | ')}`
}

/** A field as `name:kind<Type`: what may be written in it, and what may be connected to it. */
function fieldWords(name: string, field: JsonObject): readonly string[] {
  const { type, advanced, show, input_types: taken } = field
  if (advanced === true || show === false || type === 'code' || type === 'model' || isSecret(field)) return []
  const kind = kindOf(field)
  const types = Array.isArray(taken) && taken.length > 0 && type !== 'table' ? `<${typesOf(taken)}` : ''
  return kind === '' && types === '' ? [] : [`${name}${field.required === true ? '*' : ''}:${kind}${types}`]
}

function kindOf({ type, options, list, table_schema: columns }: JsonObject): string {
  if (Array.isArray(options) && options.length === 0) return ''
  if (type === 'table') return `rows{${objectsIn(columns).map(({ name }) => name)}}`
  if (Array.isArray(options) && options.length > 0 && options.length <= MOST_NAMED) {
    return `one of ${options.map((one) => (isObject(one) ? one.name : one)).join('/')}`
  }
  const kind = KINDS[String(type)] ?? ''
  return kind !== '' && list === true ? `list of ${kind}` : kind
}

const KINDS: Readonly<Record<string, string>> = {
  ...{ str: 'text', prompt: 'text', query: 'text', tab: 'text', sortableList: 'text' },
  ...{ int: 'number', float: 'number', slider: 'number', bool: 'true/false' },
}

const objectsIn = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : [])

const typesOf = (types: unknown): string =>
  Array.isArray(types) ? [...new Set(types.map((type) => dataTypeName(String(type))))].join('/') : ''
