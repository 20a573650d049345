/** How a value is best looked at. */
export type ShownValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'html'; readonly text: string }
  | { readonly kind: 'image' | 'audio'; readonly address: string }
  | { readonly kind: 'pdf'; readonly base64: string }
  | { readonly kind: 'error'; readonly message: string; readonly stack: string }
  | { readonly kind: 'records'; readonly rows: readonly Readonly<Record<string, unknown>>[]; readonly cut: number }
  | { readonly kind: 'vector'; readonly vector: Vector }
  | { readonly kind: 'json'; readonly value: unknown; readonly vectors: readonly (readonly [string, Vector])[] }
  | { readonly kind: 'stream' }

/** Numbers that place something, as embeddings do. */
export interface Vector {
  readonly numbers: readonly number[]
  /** Numbers the server left out. */
  readonly cut: number
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Chooses how to show what a run gave: by its type, then by what it is. */
export function shownValue(message: unknown, type: string): ShownValue {
  if (type === 'stream') return { kind: 'stream' }
  if (type === 'error') return errorOf(message)
  if (typeof message === 'string') return textOf(message)
  if (Array.isArray(message)) return listOf(message)
  return { kind: 'json', value: message, vectors: vectorsIn(message) }
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
  if (/^data:image\/(png|jpe?g|gif|webp|avif|svg\+xml);base64,/.test(start))
    return { kind: 'image', address: text.trim() }
  if (/^data:audio\/[\w.+-]+;base64,/.test(start)) return { kind: 'audio', address: text.trim() }
  if (start.startsWith(PDF)) return { kind: 'pdf', base64: text.trim().slice(PDF.length) }
  if (start.startsWith('<!doctype html') || start.startsWith('<html')) return { kind: 'html', text }
  return { kind: 'text', text }
}

const CUT = /^\.\.\. \[truncated (\d+) items\]$/

/** The entries of a list, and how many more the server left out. */
function entriesOf(list: readonly unknown[]): { readonly entries: readonly unknown[]; readonly cut: number } {
  const last = list.at(-1)
  const cut = typeof last === 'string' ? Number(CUT.exec(last)?.[1] ?? 0) : 0
  return { entries: cut > 0 ? list.slice(0, -1) : list, cut }
}

function listOf(list: readonly unknown[]): ShownValue {
  const { entries, cut } = entriesOf(list)
  if (entries.length > 0 && entries.every(isRecord)) return { kind: 'records', rows: entries.map(flat), cut }
  const vector = vectorOf(list, 2)
  return vector ? { kind: 'vector', vector } : { kind: 'json', value: list, vectors: [] }
}

function vectorOf(value: unknown, least: number): Vector | undefined {
  if (!Array.isArray(value)) return undefined
  const { entries, cut } = entriesOf(value)
  const numbers = entries.filter((one) => typeof one === 'number')
  return numbers.length >= least && numbers.length === entries.length ? { numbers, cut } : undefined
}

/** Fewer numbers are read as they are. */
const LEAST_NUMBERS = 16

/** The vectors among the entries of an object, such as the embeddings beside a text. */
function vectorsIn(value: unknown): readonly (readonly [string, Vector])[] {
  if (!isRecord(value)) return []
  return Object.entries(flat(value)).flatMap(([name, entry]) => {
    const vector = vectorOf(entry, LEAST_NUMBERS)
    return vector ? [[name, vector] as const] : []
  })
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
