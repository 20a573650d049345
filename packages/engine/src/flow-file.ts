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
  readonly end: string
  /** Number texts that JavaScript would write otherwise (`1.0`, `1e5`, 20 digits), by the object that holds them. */
  readonly numbers: ReadonlyMap<object, ReadonlyMap<string, string>>
}

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
    const value: unknown = JSON.parse(text, keepNumber)
    return { value, style: { ...styleOf(text), numbers } }
  } catch (cause) {
    throw new AppError('invalid_json_file', [], { cause, detail: `Invalid JSON file: ${messageOf(cause)}` })
  }
}

/** Writes a flow file. A value that was not changed since it was parsed gives the bytes it was parsed from. */
export function printFlowFile({ value, style }: FlowFile): string {
  const text = JSON.stringify(
    value,
    function (this: object, key: string, entry: unknown): unknown {
      const source = typeof entry === 'number' ? style.numbers.get(this)?.get(key) : undefined
      return source !== undefined && Number(source) === entry ? rawJson(source) : entry
    },
    style.indent,
  )
  const spaced = style.spaced ? spaceOut(text) : text
  return (style.ascii ? escapeNonAscii(spaced) : spaced) + style.end
}

/** `JSON.rawJSON` is newer than the library types. */
function rawJson(source: string): unknown {
  return (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(source)
}

function styleOf(text: string): Omit<TextStyle, 'numbers'> {
  const lead = /^[[{]\r?\n([ \t]+)/.exec(text)?.[1] ?? ''
  return {
    indent: lead.startsWith('\t') ? '\t' : lead.length,
    spaced: lead === '' && /^[[{]\s*"(?:[^"\\]|\\.)*": /.test(text),
    ascii: /\\u[0-9a-f]{4}/i.test(text) && !hasNonAscii(text),
    end: /\s*$/.exec(text)?.[0] ?? '',
  }
}

const hasNonAscii = (text: string) => /[^\0-\x7f]/.test(text)

/** Writes every character outside ASCII as `\uXXXX`, as Python does. */
export function escapeNonAscii(json: string): string {
  if (!hasNonAscii(json)) return json
  return json.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** Puts a blank after each `,` and `:` that stands outside a string, as Python's `json.dumps` does. */
export function spaceOut(json: string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"|[,:]/g, (token) => (token === ',' || token === ':' ? `${token} ` : token))
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
