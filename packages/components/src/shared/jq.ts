import { AppError, messageOf } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import { type Evaluate, functions, type Scope } from './jq-functions.ts'
import { type Jq, parseJq } from './jq-syntax.ts'
import { compareJson, equalJson, isTrue, jqProblem, textOf, typeOf } from './jq-values.ts'

/** So many values may one program pass on; a program that makes more never ends, or seems so. */
const MAX_STEPS = 1_000_000
/** So many values may a value hold; what stands in it twice counts twice, as it does once it is written. */
const MAX_WEIGHT = 5_000_000
/** Entries of a new list, or characters of a new text, that cost as much as passing a value on. */
const ENTRIES_A_STEP = 16
/** What can make a value larger than those it is made of. */
const MAKING: ReadonlySet<Jq['kind']> = new Set(['binary', 'call', 'list', 'object', 'text'])

/**
 * All results of a jq program for a value, in order.
 * @throws AppError `invalid_field` for a program that cannot be read, or fails.
 */
export function runJq(program: string, input: unknown): readonly unknown[] {
  const parsed = parseJq(program)
  let steps = 0
  const weigh = createScales()
  const evaluate: Evaluate = function* (expression, value, scope) {
    for (const result of step(expression, value, scope, evaluate)) {
      steps++
      if (MAKING.has(expression.kind)) {
        if (weigh(result) > MAX_WEIGHT) throw jqProblem('the program makes too much.')
        if (Array.isArray(result) || typeof result === 'string') steps += result.length / ENTRIES_A_STEP
      }
      if (steps > MAX_STEPS) throw jqProblem('the program does too much.')
      yield result
    }
  }
  try {
    return Array.from(evaluate(parsed, input, new Map()))
  } catch (error) {
    if (error instanceof AppError) throw error
    throw jqProblem(messageOf(error))
  }
}

/** Counts the values in a value, each once however often it is asked for. */
function createScales() {
  const known = new WeakMap<object, number>()
  return function weigh(value: unknown): number {
    if (typeof value === 'string') return 1 + value.length / ENTRIES_A_STEP
    if (typeof value !== 'object' || value === null) return 1
    const before = known.get(value)
    if (before !== undefined) return before
    let weight = 1
    for (const inner of Object.values(value)) weight += weigh(inner)
    known.set(value, weight)
    return weight
  }
}

function* step(expression: Jq, input: unknown, scope: Scope, evaluate: Evaluate): Generator<unknown> {
  switch (expression.kind) {
    case 'identity':
      return yield input
    case 'descend':
      return yield* descend(input)
    case 'literal':
      return yield expression.value
    case 'text':
      return yield* texts(expression.parts, '', input, scope, evaluate)
    case 'variable':
      if (!scope.has(expression.name)) throw jqProblem(`$${expression.name} is not defined.`)
      return yield scope.get(expression.name)
    case 'index':
      for (const of of evaluate(expression.of, input, scope)) {
        for (const key of evaluate(expression.key, input, scope)) yield at(of, key)
      }
      return
    case 'slice':
      for (const of of evaluate(expression.of, input, scope)) {
        const [from] = expression.from ? evaluate(expression.from, input, scope) : [undefined]
        const [to] = expression.to ? evaluate(expression.to, input, scope) : [undefined]
        yield slice(of, from, to)
      }
      return
    case 'iterate':
      for (const of of evaluate(expression.of, input, scope)) yield* entries(of)
      return
    case 'optional':
      try {
        yield* evaluate(expression.of, input, scope)
      } catch (error) {
        if (!(error instanceof AppError)) throw error
      }
      return
    case 'negate':
      for (const of of evaluate(expression.of, input, scope)) yield -Number(of)
      return
    case 'binary':
      return yield* binary(expression, input, scope, evaluate)
    case 'call': {
      const name = `${expression.name}/${expression.args.length}`
      const run = Object.hasOwn(functions, name) ? functions[name] : undefined
      if (!run) throw jqProblem(`${name} is not defined.`)
      return yield* run(input, expression.args, scope, evaluate)
    }
    case 'list':
      return yield expression.of ? Array.from(evaluate(expression.of, input, scope)) : []
    case 'object':
      return yield* objects(expression.entries, input, scope, evaluate)
    case 'if':
      for (const test of evaluate(expression.test, input, scope)) {
        yield* evaluate(isTrue(test) ? expression.yes : expression.no, input, scope)
      }
      return
    case 'reduce': {
      let [held] = evaluate(expression.init, input, scope)
      for (const value of evaluate(expression.over, input, scope)) {
        held = Array.from(evaluate(expression.step, held, new Map([...scope, [expression.name, value]]))).at(-1) ?? null
      }
      return yield held
    }
    case 'bind':
      for (const value of evaluate(expression.value, input, scope)) {
        yield* evaluate(expression.body, input, new Map([...scope, [expression.name, value]]))
      }
      return
    default:
      expression satisfies never
  }
}

function* descend(value: unknown): Generator<unknown> {
  yield value
  if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) yield* descend(inner)
}

function* texts(
  [first, ...rest]: readonly (string | Jq)[],
  before: string,
  input: unknown,
  scope: Scope,
  evaluate: Evaluate,
): Generator<unknown> {
  if (first === undefined) yield before
  else if (typeof first === 'string') yield* texts(rest, before + first, input, scope, evaluate)
  else
    for (const value of evaluate(first, input, scope))
      yield* texts(rest, before + textOf(value), input, scope, evaluate)
}

function* objects(
  [first, ...rest]: readonly { readonly key: Jq; readonly value: Jq }[],
  input: unknown,
  scope: Scope,
  evaluate: Evaluate,
): Generator<unknown> {
  if (!first) return yield {}
  for (const key of evaluate(first.key, input, scope)) {
    if (typeof key !== 'string') throw jqProblem('names in an object must be texts.')
    for (const value of evaluate(first.value, input, scope)) {
      for (const others of objects(rest, input, scope, evaluate)) {
        yield Object.fromEntries([[key, value], ...Object.entries(others as object)])
      }
    }
  }
}

function at(value: unknown, key: unknown): unknown {
  if (value === null || value === undefined) return null
  if (Array.isArray(value) && typeof key === 'number') return value.at(Math.floor(key)) ?? null
  if (isObject(value) && typeof key === 'string') return Object.hasOwn(value, key) ? value[key] : null
  throw jqProblem(`${typeOf(value)} has no ${JSON.stringify(key)}.`)
}

function slice(value: unknown, from: unknown, to: unknown): unknown {
  if (value === null) return null
  if (typeof value !== 'string' && !Array.isArray(value)) throw jqProblem(`${typeOf(value)} cannot be cut.`)
  const place = (given: unknown) => (typeof given === 'number' ? Math.floor(given) : undefined)
  return value.slice(place(from), place(to))
}

function* entries(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) yield* value
  else if (isObject(value)) yield* Object.values(value)
  else throw jqProblem(`${typeOf(value)} cannot be gone through.`)
}

function* binary(
  { operator, left, right }: Jq & { readonly kind: 'binary' },
  input: unknown,
  scope: Scope,
  evaluate: Evaluate,
): Generator<unknown> {
  switch (operator) {
    case '|':
      for (const value of evaluate(left, input, scope)) yield* evaluate(right, value, scope)
      return
    case ',':
      yield* evaluate(left, input, scope)
      return yield* evaluate(right, input, scope)
    case '//': {
      const found = Array.from(evaluate({ kind: 'optional', of: left }, input, scope)).filter(isTrue)
      return yield* found.length > 0 ? found : evaluate(right, input, scope)
    }
    case 'and':
    case 'or':
      for (const value of evaluate(left, input, scope)) {
        if (isTrue(value) === (operator === 'or')) yield operator === 'or'
        else for (const other of evaluate(right, input, scope)) yield isTrue(other)
      }
      return
    default:
      for (const other of evaluate(right, input, scope)) {
        for (const value of evaluate(left, input, scope)) yield computed(operator, value, other)
      }
  }
}

function computed(operator: string, a: unknown, b: unknown): unknown {
  switch (operator) {
    case '==':
      return equalJson(a, b)
    case '!=':
      return !equalJson(a, b)
    case '<':
      return compareJson(a, b) < 0
    case '<=':
      return compareJson(a, b) <= 0
    case '>':
      return compareJson(a, b) > 0
    case '>=':
      return compareJson(a, b) >= 0
    case '+':
      if (a === null) return b
      if (b === null) return a
      if (Array.isArray(a) && Array.isArray(b)) return [...a, ...b]
      if (isObject(a) && isObject(b)) return { ...a, ...b }
      if (typeof a === 'string' && typeof b === 'string') return a + b
      break
    case '-':
      if (Array.isArray(a) && Array.isArray(b)) return a.filter((one) => !b.some((other) => equalJson(one, other)))
      break
    case '*':
      if (isObject(a) && isObject(b)) return merged(a, b)
      break
    case '/':
      if (typeof a === 'string' && typeof b === 'string') return a.split(b)
      if (b === 0) throw jqProblem('nothing can be divided by zero.')
      break
  }
  if (typeof a === 'number' && typeof b === 'number') {
    if (operator === '+') return a + b
    if (operator === '-') return a - b
    if (operator === '*') return a * b
    if (operator === '/') return a / b
    if (operator === '%') return Math.trunc(a) % Math.trunc(b)
  }
  throw jqProblem(`${typeOf(a)} ${operator} ${typeOf(b)} cannot be computed.`)
}

type Entries = Readonly<Record<string, unknown>>

function merged(a: Entries, b: Entries): Entries {
  const both = Object.entries(b).map(([key, value]) => {
    const held = Object.hasOwn(a, key) ? a[key] : undefined
    return [key, isObject(held) && isObject(value) ? merged(held, value) : value] as const
  })
  return { ...a, ...Object.fromEntries(both) }
}
