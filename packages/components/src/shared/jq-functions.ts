import { isObject } from '@runnel/protocol/json'
import type { Jq } from './jq-syntax.ts'
import { compareJson, equalJson, isTrue, jqProblem, textOf, typeOf } from './jq-values.ts'
import { findAll, replaceMatches } from './python-regex.ts'

export type Scope = ReadonlyMap<string, unknown>
export type Evaluate = (expression: Jq, input: unknown, scope: Scope) => Generator<unknown>
type JqFunction = (input: unknown, args: readonly Jq[], scope: Scope, evaluate: Evaluate) => Iterable<unknown>

const needed = (what: string, value: unknown) => jqProblem(`${what} is expected, not ${typeOf(value)}.`)
const list = (value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) return value
  throw needed('a list', value)
}
const text = (value: unknown): string => {
  if (typeof value === 'string') return value
  throw needed('a text', value)
}
const number = (value: unknown): number => {
  if (typeof value === 'number') return value
  throw needed('a number', value)
}
const valuesIn = (value: unknown): readonly unknown[] => (isObject(value) ? Object.values(value) : list(value))

/** A function of the input alone. */
const plain =
  (compute: (input: unknown) => unknown): JqFunction =>
  (input) => [compute(input)]
/** A function of the input and the values of its argument. */
const withArgument = (compute: (input: unknown, argument: unknown) => unknown): JqFunction =>
  function* (input, [argument], scope, evaluate) {
    if (argument) for (const value of evaluate(argument, input, scope)) yield compute(input, value)
  }
/** A function of the items of a list, each with what its argument makes of it. */
const byKey =
  (compute: (pairs: readonly { readonly item: unknown; readonly key: unknown }[]) => unknown): JqFunction =>
  (input, [argument], scope, evaluate) => {
    const pairs = list(input).map((item) => ({
      item,
      key: argument ? Array.from(evaluate(argument, item, scope)) : item,
    }))
    return [compute(pairs.toSorted((a, b) => compareJson(a.key, b.key)))]
  }

type Pair = { readonly item: unknown; readonly key: unknown }
const grouped = (pairs: readonly Pair[]): readonly (readonly Pair[])[] => {
  const groups: Pair[][] = []
  for (const pair of pairs) {
    const last = groups.at(-1)
    if (last?.[0] && equalJson(last[0].key, pair.key)) last.push(pair)
    else groups.push([pair])
  }
  return groups
}
const itemsOf = (pairs: readonly Pair[]) => pairs.map(({ item }) => item)

const sorted = byKey(itemsOf)
const groups = byKey((pairs) => grouped(pairs).map(itemsOf))
const unique = byKey((pairs) => grouped(pairs).map(([first]) => first?.item))
const least = byKey((pairs) => pairs[0]?.item ?? null)
const most = byKey((pairs) => pairs.at(-1)?.item ?? null)

const toEntries = (value: unknown) =>
  Object.entries(isObject(value) ? value : {}).map(([key, held]) => ({ key, value: held }))
const fromEntries = (value: unknown) =>
  Object.fromEntries(
    list(value).map((entry) => {
      const { key, name, k, value: held, v } = isObject(entry) ? entry : {}
      return [textOf(key ?? name ?? k ?? null), held ?? v ?? null]
    }),
  )

const flat = (value: unknown, depth: number): unknown => list(value).flat(depth)
const contains = (value: unknown, wanted: unknown): boolean => {
  if (typeof value === 'string' && typeof wanted === 'string') return value.includes(wanted)
  if (Array.isArray(value) && Array.isArray(wanted))
    return wanted.every((one) => value.some((held) => contains(held, one)))
  if (isObject(value) && isObject(wanted)) {
    return Object.entries(wanted).every(([key, one]) => Object.hasOwn(value, key) && contains(value[key], one))
  }
  return equalJson(value, wanted)
}
const lengthOf = (value: unknown): number => {
  if (value === null || value === undefined) return 0
  if (typeof value === 'number') return Math.abs(value)
  return typeof value === 'string' ? Array.from(value).length : valuesIn(value).length
}
const total = (values: readonly unknown[]): unknown => {
  const [first = null] = values
  if (first === null && values.length === 0) return null
  if (values.every((value) => typeof value === 'string')) return values.join('')
  if (values.every(Array.isArray)) return values.flat()
  if (values.every(isObject)) return Object.assign({}, ...values)
  return values.reduce((sum: number, value) => sum + (value === null ? 0 : number(value)), 0)
}
const numberIn = (value: unknown): number => {
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof read === 'number' && !Number.isNaN(read)) return read
  throw jqProblem(`${textOf(value)} is no number.`)
}
const parsed = (value: unknown): unknown => {
  try {
    return JSON.parse(text(value))
  } catch {
    throw jqProblem(`${textOf(value).slice(0, 40)} is no JSON.`)
  }
}
const has = (value: unknown, key: unknown): boolean =>
  Array.isArray(value)
    ? typeof key === 'number' && key < value.length
    : isObject(value) && Object.hasOwn(value, textOf(key))
const keysOf = (value: unknown) =>
  Array.isArray(value) ? value.map((_, index) => index) : Object.keys(isObject(value) ? value : {})

/** Names of the keys a path of `del` ends at: `.a`, or `.a, .b`. */
const deleted = (input: unknown, path: Jq): unknown => {
  if (path.kind === 'binary' && path.operator === ',') return deleted(deleted(input, path.left), path.right)
  if (path.kind !== 'index' || path.key.kind !== 'literal') throw jqProblem('del takes paths such as .a or .a.b.')
  const key = path.key.value
  if (path.of.kind !== 'identity') {
    const outer = path.of
    if (outer.kind !== 'index' || outer.key.kind !== 'literal' || !isObject(input))
      throw jqProblem('del cannot follow that path.')
    const name = String(outer.key.value)
    if (outer.of.kind !== 'identity') throw jqProblem('del follows two names at most.')
    return { ...input, [name]: deleted(input[name], { ...path, of: { kind: 'identity' } }) }
  }
  if (Array.isArray(input)) return input.filter((_, index) => index !== key)
  return isObject(input) ? Object.fromEntries(Object.entries(input).filter(([name]) => name !== key)) : input
}

/** What jq programs may call, by name and number of arguments. */
export const functions: Readonly<Record<string, JqFunction>> = {
  'empty/0': () => [],
  'not/0': plain((value) => !isTrue(value)),
  'length/0': plain(lengthOf),
  'keys/0': plain((value) => keysOf(value).toSorted(compareJson)),
  'keys_unsorted/0': plain(keysOf),
  'values/0': (value) => (value === null || value === undefined ? [] : [value]),
  'type/0': plain(typeOf),
  ...Object.fromEntries(
    ['number', 'string', 'boolean', 'array', 'object', 'null'].map((kind): [string, JqFunction] => [
      `${kind}s/0`,
      (value) => (typeOf(value) === kind ? [value] : []),
    ]),
  ),
  'add/0': plain((value) => total(valuesIn(value))),
  'any/0': plain((value) => valuesIn(value).some(isTrue)),
  'all/0': plain((value) => valuesIn(value).every(isTrue)),
  'reverse/0': plain((value) =>
    typeof value === 'string' ? Array.from(value).toReversed().join('') : list(value).toReversed(),
  ),
  'first/0': plain((value) => list(value)[0] ?? null),
  'last/0': plain((value) => list(value).at(-1) ?? null),
  'sort/0': sorted,
  'sort_by/1': sorted,
  'group_by/1': groups,
  'unique/0': unique,
  'unique_by/1': unique,
  'min/0': least,
  'min_by/1': least,
  'max/0': most,
  'max_by/1': most,
  'flatten/0': plain((value) => flat(value, 100)),
  'flatten/1': withArgument((value, depth) => flat(value, number(depth))),
  'to_entries/0': plain(toEntries),
  'from_entries/0': plain(fromEntries),
  'with_entries/1': (input, [change], scope, evaluate) =>
    change ? [fromEntries(toEntries(input).flatMap((entry) => Array.from(evaluate(change, entry, scope))))] : [],
  'tostring/0': plain(textOf),
  'tonumber/0': plain(numberIn),
  'tojson/0': plain((value) => JSON.stringify(value ?? null)),
  'fromjson/0': plain(parsed),
  'ascii_downcase/0': plain((value) => text(value).toLowerCase()),
  'ascii_upcase/0': plain((value) => text(value).toUpperCase()),
  'trim/0': plain((value) => text(value).trim()),
  'floor/0': plain((value) => Math.floor(number(value))),
  'ceil/0': plain((value) => Math.ceil(number(value))),
  'round/0': plain((value) => Math.round(number(value))),
  'abs/0': plain((value) => Math.abs(number(value))),
  'sqrt/0': plain((value) => Math.sqrt(number(value))),
  'map/1': (input, [change], scope, evaluate) =>
    change ? [valuesIn(input).flatMap((value) => Array.from(evaluate(change, value, scope)))] : [],
  'map_values/1': (input, [change], scope, evaluate) => {
    const changed = (value: unknown) => (change ? Array.from(evaluate(change, value, scope)).slice(0, 1) : [])
    if (Array.isArray(input)) return [input.flatMap(changed)]
    return [
      Object.fromEntries(
        Object.entries(isObject(input) ? input : {}).flatMap(([key, value]) => changed(value).map((one) => [key, one])),
      ),
    ]
  },
  'select/1': function* (input, [test], scope, evaluate) {
    if (test) for (const value of evaluate(test, input, scope)) if (isTrue(value)) yield input
  },
  'recurse/0': function* recurse(input): Generator<unknown> {
    yield input
    if (typeof input === 'object' && input !== null) for (const inner of Object.values(input)) yield* recurse(inner)
  },
  'first/1': function* (input, [of], scope, evaluate) {
    if (of) for (const value of evaluate(of, input, scope)) return yield value
  },
  'limit/2': function* (input, [count, of], scope, evaluate) {
    if (!count || !of) return
    let left = number(Array.from(evaluate(count, input, scope))[0])
    if (left > 0)
      for (const value of evaluate(of, input, scope)) {
        yield value
        if (--left <= 0) return
      }
  },
  'any/1': (input, [test], scope, evaluate) => [
    valuesIn(input).some((value) => test !== undefined && Array.from(evaluate(test, value, scope)).some(isTrue)),
  ],
  'all/1': (input, [test], scope, evaluate) => [
    valuesIn(input).every((value) => test !== undefined && Array.from(evaluate(test, value, scope)).every(isTrue)),
  ],
  'range/1': function* (input, [end], scope, evaluate) {
    if (end) for (const value of evaluate(end, input, scope)) for (let at = 0; at < number(value); at++) yield at
  },
  'range/2': function* (input, [start, end], scope, evaluate) {
    if (!start || !end) return
    for (const from of evaluate(start, input, scope)) {
      for (const to of evaluate(end, input, scope)) for (let at = number(from); at < number(to); at++) yield at
    }
  },
  'has/1': withArgument(has),
  'in/1': withArgument((key, value) => has(value, key)),
  'contains/1': withArgument(contains),
  'inside/1': withArgument((value, outer) => contains(outer, value)),
  'startswith/1': withArgument((value, start) => text(value).startsWith(text(start))),
  'endswith/1': withArgument((value, end) => text(value).endsWith(text(end))),
  'ltrimstr/1': withArgument((value, start) => {
    const [whole, part] = [text(value), text(start)]
    return whole.startsWith(part) ? whole.slice(part.length) : whole
  }),
  'rtrimstr/1': withArgument((value, end) => {
    const [whole, part] = [text(value), text(end)]
    return part !== '' && whole.endsWith(part) ? whole.slice(0, -part.length) : whole
  }),
  'split/1': withArgument((value, separator) => text(value).split(text(separator))),
  'join/1': withArgument((value, separator) =>
    list(value)
      .map((one) => (one === null ? '' : textOf(one)))
      .join(text(separator)),
  ),
  'index/1': withArgument((value, wanted) => {
    const found =
      typeof value === 'string' ? value.indexOf(text(wanted)) : list(value).findIndex((one) => equalJson(one, wanted))
    return found === -1 ? null : found
  }),
  'test/1': withArgument((value, pattern) => findAll(text(pattern), text(value)).length > 0),
  'scan/1': function* (input, [pattern], scope, evaluate) {
    if (pattern) for (const wanted of evaluate(pattern, input, scope)) yield* findAll(text(wanted), text(input))
  },
  'gsub/2': (input, [pattern, replacement], scope, evaluate) => {
    if (!pattern || !replacement) return []
    const [wanted] = evaluate(pattern, input, scope)
    const [inserted] = evaluate(replacement, input, scope)
    return [replaceMatches(text(wanted), text(inserted), text(input))]
  },
  'error/1': withArgument((_, why) => {
    throw jqProblem(textOf(why))
  }),
  'del/1': (input, [path]) => (path ? [deleted(input, path)] : []),
}
