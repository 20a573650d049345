import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { Coercion, Field } from '@runnel/sdk'
import { CoercionError, coerce } from './coerce.ts'
import type { GraphField } from './graph.ts'

/** The value types a shown field may have. */
const VALUE_TYPES = new Set(
  (
    'str bool dict int float Any prompt mustache code NestedDict table slider tab sortableList actionPicker duration ' +
    'auth connect connection_ref query tools mcp model data_display link file other'
  ).split(' '),
)

const COERCION_BY_TYPE: Readonly<Record<string, Coercion>> = {
  int: 'int',
  float: 'float',
  slider: 'float',
  bool: 'bool',
  dict: 'object',
  NestedDict: 'object',
  table: 'table',
  file: 'file',
}

export interface FieldSource {
  readonly name: string
  readonly declared: Field | undefined
  readonly template: JsonObject | undefined
  readonly edges: readonly number[]
  readonly nodeName: string
}

/** Works out what a field gives when no edge feeds it, once per stored flow instead of once per run. */
export function compileField({ name, declared, template, edges, nodeName }: FieldSource): GraphField {
  const attributes = declared?.attributes ?? {}
  const coercion = declared?.coercion ?? 'any'
  const isList = Boolean((template ?? attributes).list ?? (template ?? attributes).is_list ?? attributes.list)
  const base = { name, declared, template, coercion, isList, edges }
  const empty = { literal: undefined, variable: undefined, variableColumns: [], problem: undefined }
  const shown = template !== undefined && (template.show === true || template.override_skip === true)
  const ownVariable = (!template || !shown) && attributes.load_from_db === true ? attributes.value : undefined
  if (typeof ownVariable === 'string' && ownVariable !== '') {
    // The default of a secret is the name of a variable; without that variable there is no value.
    return { ...base, ...empty, literal: emptyOf(declared, undefined), variable: ownVariable }
  }
  if (template && !shown) return { ...base, ...empty, literal: defaultOf(declared) }
  const type = String(template?.type ?? declared?.type ?? 'str')
  if (template && !VALUE_TYPES.has(type)) {
    return { ...base, ...empty, problem: `Field ${name} in ${nodeName} is not a valid field type: ${type}` }
  }
  if (template?.load_from_db === true && typeof template.value === 'string' && template.value !== '') {
    return { ...base, ...empty, variable: template.value }
  }
  try {
    const plain = template ? literalOf(type, template, isList) : type === 'other' ? undefined : attributes.value
    const value = plain ?? template?.default
    const literal = coerceAll(declared ? coercion : (COERCION_BY_TYPE[type] ?? 'any'), value, name, isList)
    return {
      ...base,
      ...empty,
      literal: value === undefined || value === null ? defaultOf(declared) : emptyOf(declared, literal),
      variableColumns: type === 'table' ? variableColumnsOf(template ?? attributes) : [],
    }
  } catch (error) {
    if (!(error instanceof CoercionError)) throw error
    return { ...base, ...empty, problem: error.message }
  }
}

/** Coerces a value, or each entry of a list field. A list inside a list is flattened. */
export function coerceAll(coercion: Coercion, value: unknown, name: string, isList: boolean): unknown {
  const listed = coercion === 'table' || coercion === 'choices' || coercion === 'object' || coercion === 'file'
  if (!isList || listed) return coerce(coercion, value, name)
  if (value === undefined || value === null || value === '') return []
  const entries = Array.isArray(value) ? value.flat() : [value]
  return entries.map((entry) => coerce(coercion, entry, name)).filter((entry) => entry !== undefined)
}

/** What the component's own default gives. */
function defaultOf(declared: Field | undefined): unknown {
  if (!declared) return undefined
  if (declared.type === 'other') return emptyOf(declared, undefined)
  return emptyOf(
    declared,
    coerceAll(declared.coercion, declared.attributes.value, '', Boolean(declared.attributes.list)),
  )
}

/** Nothing, in the form the declaration promises: '' for text, false, {} or []. */
export function emptyOf(declared: Field | undefined, value: unknown): unknown {
  if (value !== undefined) return value
  if (declared?.attributes.list && declared.coercion !== 'object') return []
  switch (declared?.coercion) {
    case 'text':
      return ''
    case 'bool':
      return false
    case 'object':
      return {}
    case 'table':
    case 'choices':
    case 'file':
      return []
    case 'int':
    case 'float':
      return typeof declared.attributes.value === 'number' ? declared.attributes.value : undefined
    case 'tab':
      return declared.attributes.value
    default:
      return undefined
  }
}

/** The conversion by value type, before any coercion. */
function literalOf(type: string, template: JsonObject, isList: boolean): unknown {
  const { value } = template
  switch (type) {
    case 'other':
      return undefined
    case 'str':
      return isList && Array.isArray(value) ? value.map(unescapeNewlines) : unescapeNewlines(value)
    case 'bool':
      return typeof value === 'string' ? value !== '' && !/^(false|no|0)$/i.test(value) : value
    case 'file':
      return template.file_path || undefined
    case 'dict':
    case 'NestedDict':
      return isObject(value) || Array.isArray(value) || typeof value === 'string' ? value : undefined
    case 'table':
      return value ?? []
    default:
      return value
  }
}

/** A separator typed as backslash and n means a newline. */
function unescapeNewlines(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\\n') ? value.replaceAll('\\n', '\n') : value
}

function variableColumnsOf(template: JsonObject): readonly string[] {
  const schema = isObject(template.table_schema) ? template.table_schema.columns : template.table_schema
  if (!Array.isArray(schema)) return []
  return schema
    .filter(
      (column) => isObject(column) && (column.load_from_db === true || /^true$/i.test(String(column.load_from_db))),
    )
    .map((column) => String(column.name))
}
