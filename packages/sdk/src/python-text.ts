import { isData, isDataFrame, isMessage } from './values.ts'

/**
 * Python's `str(value)`, which is what templates of Langflow put into text: `None`, `True`, `{'a': 1}`.
 * A Message gives its text, a Data its entries as indented JSON.
 * JavaScript cannot tell `1.0` from `1`, so whole numbers print without a point.
 */
export function pyStr(value: unknown): string {
  if (typeof value === 'string') return value
  if (isMessage(value)) return value.text
  if (isData(value)) return JSON.stringify(value.data, null, 4)
  return pyRepr(value)
}

/** Python's `repr(value)`: the literal that reads back as the value. Only own entries of objects are shown. */
export function pyRepr(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quoted(value)
    case 'number':
      return pyNumber(value)
    case 'bigint':
      return value.toString()
    case 'boolean':
      return value ? 'True' : 'False'
    case 'object':
      return value === null ? 'None' : reprOfObject(value)
    case 'undefined':
      return 'None'
    default:
      return `<${typeof value}>`
  }
}

function reprOfObject(value: object): string {
  if (Array.isArray(value)) return `[${value.map(pyRepr).join(', ')}]`
  if (value instanceof Date) return quoted(value.toISOString())
  if (isMessage(value)) return quoted(value.text)
  if (isData(value)) return pyRepr(value.data)
  if (isDataFrame(value)) return pyRepr(value.rows)
  return `{${Object.entries(value)
    .map(([key, entry]) => `${quoted(key)}: ${pyRepr(entry)}`)
    .join(', ')}}`
}

/** Python's shortest text of a number; exponents have two digits and begin below 0.0001. */
export function pyNumber(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  const size = Math.abs(value)
  const text = size !== 0 && size < 1e-4 ? value.toExponential() : String(value)
  return text.replace(/e([+-])(\d)$/, 'e$10$2')
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }
// Characters Python shows by number: control, format, unassigned, and every space but the common one.
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}\p{Zs}\\]/gu

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const escaped = text.replace(UNPRINTABLE, (character) =>
    character === ' ' ? character : (ESCAPES[character] ?? escapeOf(character)),
  )
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote
}

/** `\x1b`, `\u2028` or `\U0001f600`, whichever is the shortest that holds the character. */
export function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`
  return `\\U${code.toString(16).padStart(8, '0')}`
}
