import { escapeNonAscii } from './flow-file.ts'

/**
 * JSON as Python's `json.dumps` writes it: a blank after each `,` and `:`, ASCII only. For plain values: what
 * `JSON.stringify` would ask for its own form (a Date, say) must have been made plain before. What is no number is null.
 */
export function pythonJson(value: unknown): string {
  return escapeNonAscii(spacedJson(value))
}

function spacedJson(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'null'
  if (typeof value !== 'object') return String(value)
  let text = ''
  if (Array.isArray(value)) {
    for (const entry of value) text += `${text === '' ? '' : ', '}${spacedJson(entry)}`
    return `[${text}]`
  }
  for (const [key, entry] of Object.entries(value)) {
    if (entry !== undefined) text += `${text === '' ? '' : ', '}${JSON.stringify(key)}: ${spacedJson(entry)}`
  }
  return `{${text}}`
}
