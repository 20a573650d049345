import { isDeepStrictEqual } from 'node:util'
import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'

/** What is wrong with a value, with the place of each fault: `items.0.price: must be a number`. */
export type SchemaCheck = (value: unknown) => readonly string[]

type Rule = (value: unknown, place: string, schema: JsonObject) => readonly string[]

/** Levels of schemas within schemas, references among them. */
const DEEPEST = 100

/** Say nothing about what fits. */
const NOTES = ['$schema', '$id', '$comment', '$defs', 'definitions', 'title', 'description', 'default', 'examples']
const MORE_NOTES = ['format', 'deprecated', 'readOnly', 'writeOnly']

/**
 * Makes a check of a JSON Schema of draft 7 or 2020-12.
 * @throws AppError `invalid_field` for what is no schema, and for keywords that are not known: what they ask for would
 * otherwise be passed over in silence.
 */
export function createSchemaCheck(root: unknown): SchemaCheck {
  if (!isObject(root)) throw refusal('it is no object')
  const known = new Map<unknown, true>()

  function rulesOf(schema: unknown, depth = 0): void {
    if (typeof schema === 'boolean' || known.has(schema)) return
    if (!isObject(schema)) throw refusal(`${JSON.stringify(schema)} stands where a schema belongs`)
    if (depth > DEEPEST) throw refusal('it is too deep')
    known.set(schema, true)
    for (const [key, given] of Object.entries(schema)) {
      if (!Object.hasOwn(RULES, key) && ![...NOTES, ...MORE_NOTES].includes(key))
        throw refusal(`${key} is not supported`)
      SHAPES[key]?.(given, key)
      for (const inner of innerOf(key, given)) rulesOf(inner, depth + 1)
      if (key === '$ref') rulesOf(target(given), depth + 1)
    }
  }

  function target(reference: unknown): unknown {
    const path = typeof reference === 'string' && /^#(\/.*)?$/.exec(reference)
    if (!path) throw refusal(`the reference ${String(reference)} leads out of it`)
    const keys = (path[1] ?? '').split('/').slice(1)
    const found = keys
      .map((key) => decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<unknown>(
        (at, key) =>
          typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined,
        root,
      )
    if (found === undefined) throw refusal(`the reference ${String(reference)} leads nowhere`)
    return found
  }

  let depth = 0
  function faults(schema: unknown, value: unknown, place: string): readonly string[] {
    if (schema === false) return [said(place, 'must not be there')]
    if (!isObject(schema)) return []
    if (++depth > DEEPEST) throw refusal('it refers to itself without end')
    try {
      return Object.keys(schema).flatMap((key) => RULES[key]?.(value, place, schema) ?? [])
    } finally {
      depth--
    }
  }

  const fits = (schema: unknown, value: unknown): boolean => faults(schema, value, '').length === 0

  /** Each keyword looks at values of its own kind, and lets all others be. */
  const RULES: Readonly<Record<string, Rule>> = {
    $ref: (value, place, { $ref }) => faults(target($ref), value, place),
    type: (value, place, { type }) =>
      listOf(type).some((one) => isOfType(value, one)) ? [] : [said(place, `must be ${listOf(type).join(' or ')}`)],
    enum: (value, place, schema) =>
      listOf(schema.enum).some((one) => isDeepStrictEqual(one, value))
        ? []
        : [said(place, `must be one of ${listOf(schema.enum).map(inShort).join(', ')}`)],
    const: (value, place, schema) =>
      isDeepStrictEqual(schema.const, value) ? [] : [said(place, `must be ${inShort(schema.const)}`)],
    allOf: (value, place, { allOf }) => listOf(allOf).flatMap((one) => faults(one, value, place)),
    anyOf: (value, place, { anyOf }) =>
      listOf(anyOf).some((one) => fits(one, value)) ? [] : [said(place, 'fits none of anyOf')],
    oneOf: (value, place, { oneOf }) => {
      const fitting = listOf(oneOf).filter((one) => fits(one, value)).length
      return fitting === 1 ? [] : [said(place, `fits ${fitting} of oneOf, not one`)]
    },
    not: (value, place, { not }) => (fits(not, value) ? [said(place, 'fits what it must not')] : []),
    ...bounds('minimum', 'maximum', isNumber, (value) => value),
    exclusiveMinimum: (value, place, { exclusiveMinimum: than }) =>
      isNumber(value) && value <= Number(than) ? [said(place, `must be more than ${than}`)] : [],
    exclusiveMaximum: (value, place, { exclusiveMaximum: than }) =>
      isNumber(value) && value >= Number(than) ? [said(place, `must be less than ${than}`)] : [],
    multipleOf: (value, place, { multipleOf }) =>
      isNumber(value) && !isWhole(value / Number(multipleOf))
        ? [said(place, `must be a multiple of ${multipleOf}`)]
        : [],
    ...bounds('minLength', 'maxLength', isText, (value) => [...value].length, 'characters'),
    pattern: (value, place, { pattern }) =>
      isText(value) && !new RegExp(String(pattern), 'u').test(value) ? [said(place, `must match ${pattern}`)] : [],
    ...bounds('minItems', 'maxItems', Array.isArray, (value) => value.length, 'items'),
    uniqueItems: (value, place, { uniqueItems }) =>
      uniqueItems === true && Array.isArray(value) && hasTwins(value)
        ? [said(place, 'must not hold anything twice')]
        : [],
    prefixItems: (value, place, { prefixItems }) =>
      Array.isArray(value)
        ? listOf(prefixItems).flatMap((one, at) => (at < value.length ? faults(one, value[at], inside(place, at)) : []))
        : [],
    items: (value, place, { items, prefixItems }) => {
      if (!Array.isArray(value)) return []
      const from = prefixItems === undefined ? 0 : listOf(prefixItems).length
      return value.slice(from).flatMap((one, at) => faults(items, one, inside(place, from + at)))
    },
    contains: (value, place, { contains }) =>
      Array.isArray(value) && !value.some((one) => fits(contains, one))
        ? [said(place, 'holds nothing of contains')]
        : [],
    ...bounds('minProperties', 'maxProperties', isObject, (value) => Object.keys(value).length, 'entries'),
    required: (value, place, { required }) =>
      isObject(value)
        ? listOf(required).flatMap((key) =>
            Object.hasOwn(value, String(key)) ? [] : [said(inside(place, key), 'is missing')],
          )
        : [],
    properties: (value, place, { properties }) =>
      entriesOf(properties).flatMap(([key, one]) =>
        isObject(value) && Object.hasOwn(value, key) ? faults(one, value[key], inside(place, key)) : [],
      ),
    additionalProperties: (value, place, { additionalProperties, properties }) =>
      entriesOf(value)
        .filter(([key]) => !entriesOf(properties).some(([name]) => name === key))
        .flatMap(([key, one]) => faults(additionalProperties, one, inside(place, key))),
  }

  rulesOf(root)
  return (value) => faults(root, value, '')
}

/** A least and a most. */
function bounds<Value>(
  least: string,
  most: string,
  isOf: (value: unknown) => value is Value,
  sizeOf: (value: Value) => number,
  unit?: string,
): Readonly<Record<string, Rule>> {
  const must = (count: unknown, word: string): string =>
    unit === undefined ? `must be ${count} or ${word}` : `must have ${count} or ${word} ${unit}`
  return {
    [least]: (value, place, schema) =>
      isOf(value) && sizeOf(value) < Number(schema[least]) ? [said(place, must(schema[least], 'more'))] : [],
    [most]: (value, place, schema) =>
      isOf(value) && sizeOf(value) > Number(schema[most])
        ? [said(place, must(schema[most], unit === undefined ? 'less' : 'fewer'))]
        : [],
  }
}

const isNumber = (value: unknown): value is number => typeof value === 'number'
const isText = (value: unknown): value is string => typeof value === 'string'
const isWhole = (value: number): boolean => Math.abs(value - Math.round(value)) < 1e-9
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])
const entriesOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  isObject(value) ? Object.entries(value) : []
const inside = (place: string, key: unknown): string => (place === '' ? String(key) : `${place}.${key}`)
const said = (place: string, what: string): string => (place === '' ? what : `${place}: ${what}`)
const inShort = (value: unknown): string => JSON.stringify(value).slice(0, 100)
const hasTwins = (list: readonly unknown[]): boolean =>
  list.some((one, at) => list.slice(at + 1).some((other) => isDeepStrictEqual(one, other)))

const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']

function isOfType(value: unknown, type: unknown): boolean {
  if (type === 'integer') return Number.isInteger(value)
  if (type === 'null') return value === null
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return isObject(value)
  return typeof value === type
}

/** The schemas that stand under a keyword. */
function innerOf(key: string, given: unknown): readonly unknown[] {
  if (['properties', '$defs', 'definitions'].includes(key)) return entriesOf(given).map(([, one]) => one)
  if (['allOf', 'anyOf', 'oneOf', 'prefixItems'].includes(key)) return listOf(given)
  return ['items', 'contains', 'not', 'additionalProperties'].includes(key) ? [given] : []
}

const need = (fits: (given: unknown) => boolean, what: string) => (given: unknown, key: string) => {
  if (!fits(given)) throw refusal(`${key} must be ${what}`)
}
const count = need((given) => Number.isInteger(given), 'a whole number')
const number = need(isNumber, 'a number')
const object = need(isObject, 'an object')
const list = need(Array.isArray, 'a list')

/** What keywords must hold for their rules to mean anything. */
const SHAPES: Readonly<Record<string, (given: unknown, key: string) => void>> = {
  type: need((given) => listOf(given).every((one) => TYPES.some((type) => type === one)), `one of ${TYPES.join(', ')}`),
  enum: list,
  allOf: list,
  anyOf: list,
  oneOf: list,
  prefixItems: list,
  required: list,
  properties: object,
  $defs: object,
  definitions: object,
  minimum: number,
  maximum: number,
  exclusiveMinimum: number,
  exclusiveMaximum: number,
  multipleOf: need((given) => isNumber(given) && given > 0, 'a number above 0'),
  minLength: count,
  maxLength: count,
  minItems: count,
  maxItems: count,
  minProperties: count,
  maxProperties: count,
  pattern: need((given) => isText(given) && isPattern(given), 'a regular expression'),
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u').source !== ''
  } catch {
    return false
  }
}

const refusal = (why: string): AppError =>
  new AppError('invalid_field', [`This is no JSON Schema that can be checked: ${why}`])
