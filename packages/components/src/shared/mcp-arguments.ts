import { isObject, type JsonObject } from '@runnel/protocol/json'
import { type Field, type Fields, field, isData, type McpTool, toText } from '@runnel/sdk'

/** Stands between the names in the field of a nested argument, `filter.author`. */
const SEPARATOR = '.'
const MAX_DEPTH = 5

interface Argument {
  readonly path: readonly string[]
  readonly schema: JsonObject
  readonly required: boolean
}

/** The fields of a node that calls this tool: one for each argument. A name the component has itself gets a dash. */
export function toolFields(tool: McpTool, taken: Fields): Fields {
  const made = argumentsOf(tool.inputSchema).map((argument) => [fieldName(argument, taken), fieldOf(argument)] as const)
  return Object.fromEntries(made)
}

/** What the tool is given: the values of those fields. Blank ones that are not required are left out. */
export function toolInput(tool: McpTool, taken: Fields, values: Readonly<Record<string, unknown>>): JsonObject {
  const input: Record<string, unknown> = {}
  for (const argument of argumentsOf(tool.inputSchema)) {
    const value = plain(values[fieldName(argument, taken)], argument.schema)
    if (isBlank(value) && !argument.required) continue
    let held = input
    for (const name of argument.path.slice(0, -1)) {
      const inner = isObject(held[name]) ? { ...held[name] } : {}
      held[name] = inner
      held = inner
    }
    held[argument.path.at(-1) ?? ''] = isBlank(value) ? blankOf(argument.schema) : value
  }
  return input
}

const fieldName = ({ path }: Argument, taken: Fields): string => {
  const name = path.join(SEPARATOR)
  return Object.hasOwn(taken, name) || name === 'code' || name === 'tools_metadata' ? `${name}_` : name
}

/** The arguments of a schema; those of an object with known entries are its entries. */
function argumentsOf(schema: JsonObject, path: readonly string[] = [], isNeeded = true): readonly Argument[] {
  const required = Array.isArray(schema.required) ? schema.required : []
  return Object.entries(isObject(schema.properties) ? schema.properties : {}).flatMap(([name, given]) => {
    if (name === '__proto__') return []
    const entry = concrete(isObject(given) ? given : {})
    const here = [...path, name]
    const needed = isNeeded && required.includes(name)
    const hasEntries = isObject(entry.properties) && Object.keys(entry.properties).length > 0
    if (hasEntries && here.length < MAX_DEPTH) return argumentsOf(entry, here, needed)
    return [{ path: here, schema: entry, required: needed }]
  })
}

/** `anyOf: [{type: 'string'}, {type: 'null'}]` is a string that may be left out. */
function concrete(schema: JsonObject): JsonObject {
  const choices = [schema.anyOf, schema.oneOf].find(Array.isArray)
  const first = choices?.find((one) => isObject(one) && one.type !== 'null')
  return first ? { ...schema, ...first } : schema
}

const typeOf = ({ type }: JsonObject): unknown => (Array.isArray(type) ? type.find((one) => one !== 'null') : type)

function fieldOf({ path, schema, required }: Argument): Field {
  const label = typeof schema.title === 'string' && schema.title ? schema.title : path.map(titleOf).join(' › ')
  const info = typeof schema.description === 'string' ? schema.description : ''
  const common = { label, info, required }
  const { default: initial } = schema
  const options = Array.isArray(schema.enum) ? schema.enum.map(String) : []
  if (options.length > 0) {
    return field.dropdown({ ...common, options, default: initial === undefined ? '' : String(initial) })
  }
  switch (typeOf(schema)) {
    case 'integer':
      return field.int({ ...common, ...(typeof initial === 'number' && { default: initial }) })
    case 'number':
      return field.float({ ...common, ...(typeof initial === 'number' && { default: initial }) })
    case 'boolean':
      return field.bool({ ...common, default: initial === true })
    case 'array':
      return isListOfTexts(schema) ? field.text({ ...common, list: true }) : field.nestedDict(common)
    case 'object':
      return field.nestedDict({ ...common, ...(isObject(initial) && { default: initial }) })
    default:
      return field.text({ ...common, default: typeof initial === 'string' ? initial : '' })
  }
}

const titleOf = (name: string) => name.replaceAll('_', ' ').replace(/\b\w/g, (letter) => letter.toUpperCase())

function isListOfTexts({ items }: JsonObject): boolean {
  return isObject(items) && ['string', 'integer', 'number'].includes(String(typeOf(concrete(items))))
}

/** What a field or an edge holds, as JSON of the schema's type. */
function plain(value: unknown, schema: JsonObject): unknown {
  const type = typeOf(schema)
  if (Array.isArray(value)) {
    const items = isObject(schema.items) ? concrete(schema.items) : {}
    return value.map((one) => plain(one, items)).filter((one) => !isBlank(one))
  }
  const bare = isData(value) ? value.data : isObject(value) && 'kind' in value ? toText(value) : value
  if (typeof bare !== 'string') return type === 'string' && bare !== undefined && bare !== null ? toText(bare) : bare
  if (type === 'integer' || type === 'number') return bare.trim() === '' || Number.isNaN(Number(bare)) ? bare : +bare
  if (type === 'boolean') return bare === 'true' ? true : bare === 'false' ? false : bare
  return type === 'object' || type === 'array' ? (parsed(bare) ?? (type === 'array' && bare ? [bare] : bare)) : bare
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isBlank(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0
}

function blankOf(schema: JsonObject): unknown {
  const type = typeOf(schema)
  return type === 'array' ? [] : type === 'object' ? {} : type === 'string' || type === undefined ? '' : null
}
