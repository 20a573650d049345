/** How a value is best looked at. */
export type ShownValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'html'; readonly text: string }
  | { readonly kind: 'image' | 'audio'; readonly address: string }
  | { readonly kind: 'pdf'; readonly base64: string }
  | { readonly kind: 'error'; readonly message: string; readonly stack: string }
  | { readonly kind: 'records'; readonly rows: readonly Readonly<Record<string, unknown>>[]; readonly cut: number }
  | { readonly kind: 'vector'; readonly numbers: readonly number[] }
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'stream' }

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Chooses how to show what a run gave: by its type, then by what it is. */
export function shownValue(message: unknown, type: string): ShownValue {
  if (type === 'stream') return { kind: 'stream' }
  if (type === 'error') return errorOf(message)
  if (typeof message === 'string') return textOf(message)
  if (Array.isArray(message)) return listOf(message)
  return { kind: 'json', value: message }
}

function errorOf(message: unknown): ShownValue {
  if (!isRecord(message)) return { kind: 'error', message: String(message ?? ''), stack: '' }
  const { errorMessage, stackTrace } = message
  return {
    kind: 'error',
    message: typeof errorMessage === 'string' ? errorMessage : JSON.stringify(message),
    stack: typeof stackTrace === 'string' ? stackTrace : '',
  }
}

const PDF = 'data:application/pdf;base64,'

function textOf(text: string): ShownValue {
  const start = text.trimStart().slice(0, 40).toLowerCase()
  if (/^data:image\/(png|jpe?g|gif|webp|avif);base64,/.test(start)) return { kind: 'image', address: text.trim() }
  if (/^data:audio\/[\w.+-]+;base64,/.test(start)) return { kind: 'audio', address: text.trim() }
  if (start.startsWith(PDF)) return { kind: 'pdf', base64: text.trim().slice(PDF.length) }
  if (start.startsWith('<!doctype html') || start.startsWith('<html')) return { kind: 'html', text }
  return { kind: 'text', text }
}

const CUT = /^\.\.\. \[truncated (\d+) items\]$/

function listOf(list: readonly unknown[]): ShownValue {
  const last = list.at(-1)
  const cut = typeof last === 'string' ? Number(CUT.exec(last)?.[1] ?? 0) : 0
  const rows = cut > 0 ? list.slice(0, -1) : list
  if (rows.length > 0 && rows.every(isRecord)) return { kind: 'records', rows: rows.map(flat), cut }
  const numbers = rows.filter((one) => typeof one === 'number')
  return numbers.length > 1 && numbers.length === rows.length
    ? { kind: 'vector', numbers }
    : { kind: 'json', value: list }
}

/** Records of the wire have what they hold under `data`. */
const flat = (row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  isRecord(row.data) && 'text_key' in row ? row.data : row

/** The columns of records: every key any of them has, in order of first use. */
export const columnNames = (rows: readonly Readonly<Record<string, unknown>>[]): readonly string[] => [
  ...new Set(rows.flatMap((row) => Object.keys(row))),
]

/** The length of a vector. */
export const normOf = (numbers: readonly number[]): number =>
  Math.sqrt(numbers.reduce((sum, number) => sum + number * number, 0))
