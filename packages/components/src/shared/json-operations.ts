import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import { type Data, data } from '@runnel/sdk'
import { type Comparison, compares } from './comparison.ts'
import { runJq } from './jq.ts'
import { parsePythonLiteral } from './python-literal.ts'

export interface JsonSettings {
  readonly select_keys_input: readonly string[]
  readonly filter_key: readonly string[]
  readonly operator: Comparison
  readonly filter_values: Entries
  readonly append_update_data: Entries
  readonly remove_keys_input: readonly string[]
  readonly rename_keys_input: Entries
  readonly selected_key: string
  readonly query: string
}

type Entries = Readonly<Record<string, unknown>>
type Operation = (entries: Entries, settings: JsonSettings) => Entries | readonly Entries[]

const invalid = (why: string) => new AppError('invalid_field', [why])

const operations: Readonly<Record<string, Operation>> = {
  'Select Keys': (entries, { select_keys_input: keys }) => {
    if (keys.length === 1 && keys[0] === 'data' && isObject(entries.data)) return entries.data
    if (keys.some((key) => !Object.hasOwn(entries, key))) {
      const known = Object.keys(entries).map((key) => `'${key}'`)
      throw invalid(`Select key not found in data. Available keys: [${known.join(', ')}]`)
    }
    return Object.fromEntries(keys.map((key) => [key, entries[key]]))
  },
  'Literal Eval': (entries) => changed(entries, (value) => (typeof value === 'string' ? literalIn(value) : value)),
  'Filter Values': (entries, { filter_key, operator, filter_values }) => {
    const filtered = filter_key.map((key) => [key, itemsThatFit(entries[key], key, operator, filter_values)] as const)
    return { ...entries, ...Object.fromEntries(filtered) }
  },
  'Append or Update': (entries, { append_update_data }) => ({ ...entries, ...append_update_data }),
  'Remove Keys': (entries, { remove_keys_input: keys }) =>
    withNames(entries, (name) => (keys.includes(name) ? null : name)),
  'Rename Keys': (entries, { rename_keys_input: names }) =>
    withNames(entries, (name) => (Object.hasOwn(names, name) ? String(names[name]) : name)),
  'Path Selection': (entries, { selected_key }) => {
    const path = selected_key.trim()
    if (path === '') return { error: 'No path selected.' }
    try {
      return entriesOf(runJq(path.startsWith('.') ? path : `.${path}`, entries)[0])
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return { error: error.message }
    }
  },
  'JQ Expression': (entries, { query }) => {
    if (query.trim() === '') throw invalid('JSON Query is required and cannot be blank.')
    const results = runJq(query, entries)
    const [first] = results
    if (results.length === 0 || (results.length === 1 && (first === null || first === undefined))) {
      throw invalid('JSON Query error: the query gives nothing.')
    }
    return results.length === 1 ? entriesOf(first) : results.map(entriesOf)
  },
}

/**
 * What an operation makes of JSON objects; without one an empty object.
 * @throws AppError `invalid_field` for an operation there is not, and for several objects with another than Combine.
 */
export function changeJson(
  operation: string | undefined,
  given: readonly Data[],
  settings: JsonSettings,
): Data | readonly Data[] {
  if (operation === undefined) return data({})
  if (operation === 'Combine') return data(combined(given.map((one) => one.data)))
  const change = Object.hasOwn(operations, operation) ? operations[operation] : undefined
  if (!change) throw invalid(`Unsupported operation: ${operation}`)
  const [only = data({}), ...others] = given
  if (others.length > 0) {
    throw invalid(
      `${operation} operation is not supported for multiple data objects. Connect one JSON input, or use Combine.`,
    )
  }
  const result = change(only.data, settings)
  return isList(result) ? result.map((entries) => data(entries)) : data(result)
}

const isList = (value: Entries | readonly Entries[]): value is readonly Entries[] => Array.isArray(value)
const entriesOf = (value: unknown): Entries => (isObject(value) ? value : { result: value ?? null })

/** Entries of several objects; what several have becomes a list. */
function combined(objects: readonly Entries[]): Entries {
  const held = new Map<string, unknown>()
  for (const [key, value] of objects.flatMap((one) => Object.entries(one))) {
    held.set(key, held.has(key) ? [held.get(key), value].flat() : value)
  }
  return Object.fromEntries(held)
}

function itemsThatFit(value: unknown, key: string, comparison: Comparison, wanted: Entries): unknown {
  if (!Array.isArray(value) || !value.every(isObject)) {
    throw invalid(`Filter Values needs a list of objects under the key '${key}'.`)
  }
  return value.filter((item) =>
    Object.entries(wanted).every(
      ([name, compared]) => Object.hasOwn(item, name) && compares(item[name], comparison, String(compared)),
    ),
  )
}

function literalIn(text: string): unknown {
  const isLiteral = /^\s*([[({'"]|[+-]?[\d.]|True\b|False\b|None\b)/.test(text)
  const parsed = isLiteral ? parsePythonLiteral(text) : undefined
  return parsed ? parsed.value : text
}

function changed(value: Entries, change: (value: unknown) => unknown): Entries {
  const visit = (inner: unknown): unknown => {
    if (Array.isArray(inner)) return inner.map(visit)
    if (isObject(inner)) return Object.fromEntries(Object.entries(inner).map(([key, held]) => [key, visit(held)]))
    return change(inner)
  }
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, visit(held)]))
}

/** The object with other names at all depths; null takes an entry out. */
function withNames(entries: Entries, nameOf: (name: string) => string | null): Entries {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit)
    return isObject(value) ? withNames(value, nameOf) : value
  }
  return Object.fromEntries(
    Object.entries(entries).flatMap(([name, value]) => {
      const kept = nameOf(name)
      return kept === null ? [] : [[kept, visit(value)]]
    }),
  )
}
