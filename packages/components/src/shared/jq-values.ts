import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'

export const jqProblem = (why: string) => new AppError('invalid_field', [`JSON Query error: ${why}`])

/** jq's word for the kind of a value. */
export function typeOf(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

/** Everything but null and false. */
export const isTrue = (value: unknown): boolean => value !== null && value !== undefined && value !== false

/** A text as it is, anything else as JSON. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null))

const ORDER = ['null', 'boolean', 'number', 'string', 'array', 'object']

/** jq's order: by kind, then by value; objects by their sorted names, then by what they hold. */
export function compareJson(a: unknown, b: unknown): number {
  const kinds = ORDER.indexOf(typeOf(a)) - ORDER.indexOf(typeOf(b))
  if (kinds !== 0) return kinds
  if (Array.isArray(a) && Array.isArray(b)) return compareLists(a, b)
  if (isObject(a) && isObject(b)) {
    const [mine, theirs] = [Object.keys(a).sort(), Object.keys(b).sort()]
    return (
      compareLists(mine, theirs) ||
      compareLists(
        mine.map((key) => a[key]),
        theirs.map((key) => b[key]),
      )
    )
  }
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0
  return Number(a ?? 0) - Number(b ?? 0)
}

export const equalJson = (a: unknown, b: unknown): boolean => compareJson(a, b) === 0

function compareLists(a: readonly unknown[], b: readonly unknown[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const order = compareJson(a[index], b[index])
    if (order !== 0) return order
  }
  return a.length - b.length
}
