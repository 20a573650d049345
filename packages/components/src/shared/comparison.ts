import { pyStr } from '@runnel/sdk'

/** How a value is compared with another, both as text; tables compare sizes of numbers as well. */
export const COMPARISONS = ['equals', 'not equals', 'contains', 'starts with', 'ends with'] as const
export const TABLE_COMPARISONS = [
  'equals',
  'not equals',
  'contains',
  'not contains',
  'starts with',
  'ends with',
  'greater than',
  'less than',
] as const
export type Comparison = (typeof TABLE_COMPARISONS)[number]

export function compares(value: unknown, comparison: Comparison, wanted: string): boolean {
  const text = pyStr(value)
  switch (comparison) {
    case 'equals':
      return text === wanted || sameNumber(value, wanted)
    case 'not equals':
      return text !== wanted && !sameNumber(value, wanted)
    case 'contains':
      return text.includes(wanted)
    case 'not contains':
      return !text.includes(wanted)
    case 'starts with':
      return text.startsWith(wanted)
    case 'ends with':
      return text.endsWith(wanted)
    case 'greater than':
    case 'less than': {
      if (value === null || value === undefined) return false
      const order = compareValues(value, Number.isNaN(numberOf(wanted)) ? wanted : numberOf(wanted))
      return comparison === 'greater than' ? order > 0 : order < 0
    }
    default:
      return comparison satisfies never
  }
}

const numberOf = (value: unknown): number =>
  typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
const sameNumber = (value: unknown, wanted: string): boolean => typeof value === 'number' && numberOf(wanted) === value

/** Below, equal or above 0: numbers by size, everything else as text, missing values last. */
export function compareValues(a: unknown, b: unknown): number {
  const isMissing = (value: unknown) => value === null || value === undefined || value === ''
  if (isMissing(a) || isMissing(b)) return Number(isMissing(a)) - Number(isMissing(b))
  const [left, right] = [numberOf(a), numberOf(b)]
  if (!Number.isNaN(left) && !Number.isNaN(right)) return left - right
  const [first, second] = [pyStr(a), pyStr(b)]
  return first < second ? -1 : first > second ? 1 : 0
}
