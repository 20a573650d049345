import { AppError, messageOf } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'

/** A flow file as text was read: the value to work with, and what is needed to write the same text again. */
export interface FlowFile {
  readonly value: unknown
  readonly style: TextStyle
}

interface TextStyle {
  /** Blanks per level; a tab; 0 for one line. */
  readonly indent: string | number
  readonly spaced: boolean
  readonly ascii: boolean
  readonly newline: string
  readonly start: string
  readonly end: string
  /** Number texts that JavaScript would write otherwise (`1.0`, `1e5`, 20 digits), by the object that holds them. */
  readonly numbers: ReadonlyMap<object, ReadonlyMap<string, string>>
}

/** A text that no style describes, beside what its style would write. */
interface Oddity {
  readonly written: string
  readonly text: string
}

const oddities = new WeakMap<TextStyle, Oddity>()

/**
 * Reads a flow file so that `printFlowFile` gives back the same bytes, whatever keys and numbers it holds.
 * @throws AppError `invalid_json_file` when the text is not JSON.
 */
export function parseFlowFile(text: string): FlowFile {
  const numbers = new Map<object, Map<string, string>>()
  // Langflow's exports write integral floats as `1.0`; only then is the slower reading worth it.
  const keepNumber = function (this: object, key: string, value: unknown, context?: { source?: string }): unknown {
    const source = context?.source
    if (typeof value === 'number' && source !== undefined && String(value) !== source) {
      const held = numbers.get(this) ?? new Map<string, string>()
      numbers.set(this, held.set(key, source))
    }
    return value
  }
  try {
    const start = /^[\s\uFEFF]*/.exec(text)?.[0] ?? ''
    const value: unknown = JSON.parse(text.slice(start.length), keepNumber)
    const style: TextStyle = { ...styleOf(text.slice(start.length)), start, numbers }
    const written = styled(value, style)
    if (written !== text) oddities.set(style, { written, text })
    return { value, style }
  } catch (cause) {
    throw new AppError('invalid_json_file', [], { cause, detail: `Invalid JSON file: ${messageOf(cause)}` })
  }
}

/** Writes a flow file. A value that was not changed since it was parsed gives the bytes it was parsed from. */
export function printFlowFile({ value, style }: FlowFile): string {
  const written = styled(value, style)
  const oddity = oddities.get(style)
  return oddity?.written === written ? oddity.text : written
}

function styled(value: unknown, style: TextStyle): string {
  const text = JSON.stringify(
    value,
    function (this: object, key: string, entry: unknown): unknown {
      const source = typeof entry === 'number' ? style.numbers.get(this)?.get(key) : undefined
      return source !== undefined && Number(source) === entry ? rawJson(source) : entry
    },
    style.indent,
  )
  const spaced = style.spaced ? spaceOut(text) : text
  const broken = style.newline === '\n' ? spaced : spaced.replaceAll('\n', style.newline)
  return style.start + (style.ascii ? escapeNonAscii(broken) : broken) + style.end
}

/** `JSON.rawJSON` is newer than the library types. */
function rawJson(source: string): unknown {
  return (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(source)
}

function styleOf(text: string): Omit<TextStyle, 'numbers' | 'start'> {
  const [, newline = '\n', lead = ''] = /^[[{](\r?\n)([ \t]+)/.exec(text) ?? []
  return {
    indent: lead.startsWith('\t') ? '\t' : lead.length,
    spaced: lead === '' && isSpaced(text),
    ascii: /\\u[0-9a-f]{4}/i.test(text) && !hasNonAscii(text),
    newline,
    end: text.slice(text.trimEnd().length),
  }
}

/** Whether the first separator outside of a string has a blank behind it. */
function isSpaced(text: string): boolean {
  for (let at = 1; at < text.length; at++) {
    const unit = text[at]
    if (unit === '"') at = endOfString(text, at)
    else if (unit === ',' || unit === ':') return text[at + 1] === ' '
  }
  return false
}

/** The position of the quote that ends the string beginning at `from`. */
function endOfString(json: string, from: number): number {
  for (let at = json.indexOf('"', from + 1); at !== -1; at = json.indexOf('"', at + 1)) {
    let slashes = 0
    while (json[at - 1 - slashes] === '\\') slashes++
    if (slashes % 2 === 0) return at
  }
  return json.length
}

const hasNonAscii = (text: string) => /[^\0-\x7f]/.test(text)

/** Writes every character outside ASCII as `\uXXXX`, as Python does. */
export function escapeNonAscii(json: string): string {
  if (!hasNonAscii(json)) return json
  return json.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** Characters up to which one pattern reads whole strings: it is faster, but its memory grows with their length. */
const PATTERN_LENGTH = 1_000_000

/** Puts a blank after each `,` and `:` that stands outside a string, as Python's `json.dumps` does. */
export function spaceOut(json: string): string {
  if (json.length <= PATTERN_LENGTH) {
    return json.replace(/"(?:[^"\\]|\\.)*"|[,:]/g, (token) => (token === ',' || token === ':' ? `${token} ` : token))
  }
  const parts: string[] = []
  let at = 0
  for (let quote = json.indexOf('"'); quote !== -1; quote = json.indexOf('"', at)) {
    const end = endOfString(json, quote) + 1
    parts.push(json.slice(at, quote).replace(/[,:]/g, '$& '), json.slice(quote, end))
    at = end
  }
  return parts.join('') + json.slice(at).replace(/[,:]/g, '$& ')
}

/**
 * The flows in an uploaded value: a flow object, `{"flows": […]}`, a project export or a bare list.
 * @throws AppError `bad_request` when an entry is no flow.
 */
export function flowsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  const list = Array.isArray(value) ? value : isObject(value) && Array.isArray(value.flows) ? value.flows : [value]
  return list.map((entry: unknown, index) => {
    if (!isObject(entry)) {
      throw new AppError('bad_request', [
        `Entry ${index + 1} of the file is not a flow. A flow is a JSON object with "data".`,
      ])
    }
    return entry
  })
}
