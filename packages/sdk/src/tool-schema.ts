import type { JsonObject } from '@runnel/protocol/json'
import type { Field } from './field-types.ts'

const SCHEMA_TYPES: Readonly<Record<string, string>> = {
  int: 'integer',
  float: 'number',
  slider: 'number',
  bool: 'boolean',
  dict: 'object',
  NestedDict: 'object',
  table: 'object',
}

/** The JSON Schema of a tool whose arguments are these fields. */
export function argumentSchema(fields: readonly (readonly [name: string, field: Field])[]): JsonObject {
  const properties = fields.map(([name, { type, attributes }]) => {
    const one = { type: SCHEMA_TYPES[type] ?? 'string', ...enumOf(attributes) }
    const shape = attributes.list ? { type: 'array', items: one } : one
    const optional = attributes.required ? {} : { default: attributes.value }
    return [name, { ...shape, title: titleOf(name), description: String(attributes.info ?? ''), ...optional }] as const
  })
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    required: fields.filter(([, field]) => field.attributes.required === true).map(([name]) => name),
  }
}

/** A field that takes any text only suggests its options, and a model knows the hundreds of some without a list. */
function enumOf({ options, combobox }: Field['attributes']): { readonly enum?: readonly unknown[] } {
  return Array.isArray(options) && options.length > 0 && combobox !== true ? { enum: options } : {}
}

const titleOf = (name: string) => name.replaceAll('_', ' ').replace(/\b\w/g, (letter) => letter.toUpperCase())
