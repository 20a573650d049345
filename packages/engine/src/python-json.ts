import { isObject } from '@runnel/protocol/json'
import { escapeNonAscii } from './flow-file.ts'

/**
 * JSON as Python's `json.dumps` writes it: a blank after each `,` and `:`, ASCII only. For plain values: what
 * `JSON.stringify` would ask for its own form (a Date, say) must have been made plain before. What is no number is null.
 */
export function pythonJson(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'string') return textJson(value)
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'null'
  let text = ''
  if (Array.isArray(value)) {
    for (const entry of value) text += `${text === '' ? '' : ', '}${pythonJson(entry)}`
    return `[${text}]`
  }
  if (!isObject(value)) return String(value)
  // Of a plain object, so that all keys are its own.
  for (const key in value) {
    const entry = value[key]
    if (entry !== undefined) text += (text === '' ? '' : ', ') + keyJson(key) + pythonJson(entry)
  }
  return `{${text}}`
}

/** Text that JSON writes as it is. */
const PLAIN = /^[ !#-[\]-~]*$/

/** A string as `pythonJson` writes it: a token is one. */
export const textJson = (text: string): string =>
  PLAIN.test(text) ? `"${text}"` : escapeNonAscii(JSON.stringify(text))

const KEPT_KEYS = 1000
const LONGEST_KEY = 50
const keyTexts = new Map<string, string>()

/** A key with its colon. Nearly all keys are the same few. */
function keyJson(key: string): string {
  const known = keyTexts.get(key)
  if (known !== undefined) return known
  const made = `${textJson(key)}: `
  if (keyTexts.size < KEPT_KEYS && key.length <= LONGEST_KEY) keyTexts.set(key, made)
  return made
}
