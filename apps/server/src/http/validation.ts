import { isObject } from '@runnel/protocol/json'
import type { z } from 'zod'

/** Where a value came from; the first part of every `loc`. */
export type Source = 'path' | 'query' | 'header' | 'body'

/** One entry of a 422's `detail`, as FastAPI sends it. */
export interface ValidationItem {
  readonly type: string
  readonly loc: readonly (string | number)[]
  readonly msg: string
  readonly input: unknown
  readonly ctx?: Readonly<Record<string, unknown>>
}

type Issue = z.core.$ZodIssue
type Told = Omit<ValidationItem, 'loc' | 'input'>

/** Pydantic's description of what Zod found wrong with `value`. */
export function validationItems(error: z.ZodError, source: Source, value: unknown): readonly ValidationItem[] {
  return error.issues.flatMap((issue) => itemsOf(issue, source, value))
}

function itemsOf(issue: Issue, source: Source, value: unknown, base: readonly PropertyKey[] = []): ValidationItem[] {
  const path = [...base, ...issue.path]
  const alternative = issue.code === 'invalid_union' ? issue.errors[0] : undefined
  if (alternative && alternative.length > 0) return alternative.flatMap((inner) => itemsOf(inner, source, value, path))
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      type: 'extra_forbidden',
      loc: locationOf(source, [...path, key]),
      msg: 'Extra inputs are not permitted',
      input: echo(valueAt(value, [...path, key])),
    }))
  }
  const input = valueAt(value, path)
  const absent = input === undefined && issue.code !== 'custom'
  const told: Told = absent ? { type: 'missing', msg: 'Field required' } : describe(issue, path, input)
  // Pydantic shows the object around a missing field, and nothing for a missing query parameter.
  const shown = absent ? (source === 'body' && path.length > 0 ? valueAt(value, path.slice(0, -1)) : null) : input
  const { type, msg, ctx } = told
  return [{ type, loc: locationOf(source, path), msg, input: echo(shown ?? null), ...(ctx && { ctx }) }]
}

function describe(issue: Issue, path: readonly PropertyKey[], input: unknown): Told {
  switch (issue.code) {
    case 'custom':
      return describeCustom(issue)
    case 'invalid_type':
      return describeType(issue.expected, path, input)
    case 'invalid_value': {
      const expected = issue.values.map((value) => `'${String(value)}'`)
      const listed = expected.length < 2 ? expected.join() : `${expected.slice(0, -1).join(', ')} or ${expected.at(-1)}`
      return { type: 'literal_error', msg: `Input should be ${listed}`, ctx: { expected: listed } }
    }
    case 'too_small':
      return describeSize(issue.origin, 'min', Number(issue.minimum))
    case 'too_big':
      return describeSize(issue.origin, 'max', Number(issue.maximum))
    case 'invalid_format':
      return { type: 'string_pattern_mismatch', msg: 'String should have another form', ctx: { format: issue.format } }
    default:
      return { type: 'value_error', msg: `Value error, ${issue.message}`, ctx: { error: issue.message } }
  }
}

function describeCustom(issue: Extract<Issue, { code: 'custom' }>): Told {
  const { type, context } = issue.params ?? {}
  const told = isObject(context) ? { ctx: context } : {}
  return typeof type === 'string'
    ? { type, msg: issue.message, ...told }
    : { type: 'value_error', msg: `Value error, ${issue.message}`, ctx: { error: issue.message } }
}

function describeType(expected: string, path: readonly PropertyKey[], input: unknown): Told {
  const fromText = typeof input === 'string'
  switch (expected) {
    case 'string':
      return { type: 'string_type', msg: 'Input should be a valid string' }
    case 'int':
      return fromText
        ? { type: 'int_parsing', msg: 'Input should be a valid integer, unable to parse string as an integer' }
        : { type: 'int_type', msg: 'Input should be a valid integer' }
    case 'number':
      return fromText
        ? { type: 'float_parsing', msg: 'Input should be a valid number, unable to parse string as a number' }
        : { type: 'float_type', msg: 'Input should be a valid number' }
    case 'boolean':
    case 'stringbool':
      return fromText
        ? { type: 'bool_parsing', msg: 'Input should be a valid boolean, unable to interpret input' }
        : { type: 'bool_type', msg: 'Input should be a valid boolean' }
    case 'array':
      return { type: 'list_type', msg: 'Input should be a valid list' }
    case 'object':
    case 'record':
      return path.length === 0
        ? {
            type: 'model_attributes_type',
            msg: 'Input should be a valid dictionary or object to extract fields from',
          }
        : { type: 'dict_type', msg: 'Input should be a valid dictionary' }
    default:
      return { type: `${expected}_type`, msg: `Input should be a valid ${expected}` }
  }
}

function describeSize(origin: string, side: 'min' | 'max', limit: number): Told {
  if (origin === 'string') {
    return side === 'min'
      ? { type: 'string_too_short', msg: `String should have at least ${limit} characters`, ctx: { min_length: limit } }
      : { type: 'string_too_long', msg: `String should have at most ${limit} characters`, ctx: { max_length: limit } }
  }
  if (origin === 'array' || origin === 'set') {
    return side === 'min'
      ? { type: 'too_short', msg: `List should have at least ${limit} items`, ctx: { min_length: limit } }
      : { type: 'too_long', msg: `List should have at most ${limit} items`, ctx: { max_length: limit } }
  }
  return side === 'min'
    ? { type: 'greater_than_equal', msg: `Input should be greater than or equal to ${limit}`, ctx: { ge: limit } }
    : { type: 'less_than_equal', msg: `Input should be less than or equal to ${limit}`, ctx: { le: limit } }
}

const locationOf = (source: Source, path: readonly PropertyKey[]) => [
  source,
  ...path.map((part) => (typeof part === 'symbol' ? String(part) : part)),
]

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let found: unknown = value
  for (const part of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, part)) return undefined
    found = Reflect.get(found, part)
  }
  return found
}

const ECHO_CHARACTERS = 100
const SECRET_NAME = /password|secret|token|api_?key|^value$/i

/** At most 100 characters of what was sent come back, and nothing that is named like a secret. */
function echo(input: unknown): unknown {
  if (typeof input === 'string') return input.slice(0, ECHO_CHARACTERS).toWellFormed()
  if (typeof input !== 'object' || input === null) return input
  if (Array.isArray(input)) return input.length <= 8 && JSON.stringify(input).length <= ECHO_CHARACTERS ? input : []
  const entries = Object.entries(input)
  const small = entries.length <= 8 && JSON.stringify(input).length <= ECHO_CHARACTERS
  return small && !entries.some(([name]) => SECRET_NAME.test(name)) ? input : {}
}
