import { isObject, type JsonObject } from '@runnel/protocol/json'

/** The longest text a model may put into a field, in characters. */
const LONGEST_TEXT = 20_000
const MOST_ROWS = 50
const SAID: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
])

/** Whether a field holds a secret, or the name of a variable that does: those are a person's to fill. */
export const isSecret = ({ password, load_from_db: fromVariable }: JsonObject): boolean =>
  password === true || fromVariable === true

/** What a field holds of what a model wants in it; undefined for what it cannot hold. */
export function fieldValue(field: JsonObject, wanted: unknown): unknown {
  const { type, list } = field
  switch (type) {
    case 'str':
    case 'prompt':
    case 'query':
    case 'tab':
      return list === true ? all(textsIn(wanted), (one) => choiceOf(field, one)) : choiceOf(field, wanted)
    case 'int':
    case 'float':
    case 'slider':
      return numberIn(field, wanted)
    case 'bool':
      return typeof wanted === 'boolean' ? wanted : SAID.get(String(wanted).toLowerCase())
    case 'table':
      return Array.isArray(wanted) && wanted.length <= MOST_ROWS ? all(wanted, (row) => rowOf(field, row)) : undefined
    case 'sortableList':
      return all(textsIn(wanted), (name) => namedOption(field, name))
    default:
      return undefined
  }
}

/** Undefined as soon as one of them is. */
function all(items: readonly unknown[], read: (item: unknown) => unknown): readonly unknown[] | undefined {
  const found = items.map(read)
  return found.includes(undefined) ? undefined : found
}

const textsIn = (wanted: unknown): readonly unknown[] => (Array.isArray(wanted) ? wanted : [wanted])

/** A text; where there are options, the one that is meant. Of options that are yet to come, a person chooses. */
function choiceOf({ options, combobox }: JsonObject, wanted: unknown): string | undefined {
  const text = typeof wanted === 'number' ? String(wanted) : wanted
  if (typeof text !== 'string' || text.length > LONGEST_TEXT) return undefined
  if (!Array.isArray(options)) return text
  const meant = options.find((option) => String(option).toLowerCase() === text.trim().toLowerCase())
  return meant === undefined ? (combobox === true && options.length > 0 ? text : undefined) : String(meant)
}

function numberIn({ type, range_spec: range }: JsonObject, wanted: unknown): number | undefined {
  const number = typeof wanted === 'string' && wanted.trim() !== '' ? Number(wanted) : wanted
  if (typeof number !== 'number' || !Number.isFinite(number)) return undefined
  if (type === 'int' && !Number.isInteger(number)) return undefined
  const { min, max } = isObject(range) ? range : {}
  const isIn = (typeof min !== 'number' || number >= min) && (typeof max !== 'number' || number <= max)
  return isIn ? number : undefined
}

/** A row with every column the table has, and no other. */
function rowOf({ table_schema: columns }: JsonObject, row: unknown): JsonObject | undefined {
  if (!isObject(row) || !Array.isArray(columns)) return undefined
  const cells = columns.filter(isObject).map(({ name, default: usual }) => {
    const cell = Object.hasOwn(row, String(name)) ? row[String(name)] : usual
    const isPlain = typeof cell === 'string' ? cell.length <= LONGEST_TEXT : ['boolean', 'number'].includes(typeof cell)
    return [String(name), isPlain ? cell : ''] as const
  })
  return Object.fromEntries(cells)
}

/** An option with its picture, as lists of operations hold it. */
function namedOption({ options }: JsonObject, wanted: unknown): unknown {
  const name = isObject(wanted) ? wanted.name : wanted
  if (!Array.isArray(options) || typeof name !== 'string') return undefined
  return options.find((one) => isObject(one) && String(one.name).toLowerCase() === name.trim().toLowerCase())
}
