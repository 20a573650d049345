export type DictionaryRow = readonly [key: string, value: string]

/** Why a row cannot stay as it is; a key of the words `dictionary`. */
export type RowProblem = 'emptyKey' | 'sameKey'

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const print = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? ''))

/** The rows of a dictionary: of an object, or of a list of objects with one key each. */
export function rowsOf(value: unknown): readonly DictionaryRow[] {
  const parts = Array.isArray(value) ? value.filter(isRecord) : isRecord(value) ? [value] : []
  return parts.flatMap((part) => Object.entries(part).map(([key, one]) => [key, print(one)] as const))
}

/** What a field stores of its rows: a list field each row by itself. Rows with a problem are stored as far as they go. */
export const storedRows = (rows: readonly DictionaryRow[], isList: boolean): unknown =>
  isList ? rows.map(([key, value]) => ({ [key]: value })) : Object.fromEntries(rows)

/** What is wrong with each row. Rows nothing is written in are no rows yet. */
export function problemsOf(rows: readonly DictionaryRow[]): readonly (RowProblem | undefined)[] {
  return rows.map(([key, value], index) => {
    if (key === '') return value === '' ? undefined : 'emptyKey'
    return rows.some(([other], at) => at !== index && other === key) ? 'sameKey' : undefined
  })
}
