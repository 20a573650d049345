import { isObject, type JsonObject } from '@runnel/protocol/json'

/** What can stand in YAML without quotes and is still a text there. */
const PLAIN = /^[\p{L}_][^\p{Cc}:#'"[\]{},&*!|>%@`]*(?<!\s)$/u
const WORD_OF_YAML = /^(?:true|false|null|yes|no|on|off|y|n|~)$/i

/** The artifacts of a chat node as people read them: a YAML listing, names in title case. */
export function artifactListing(artifacts: JsonObject): string {
  const lines = Object.entries(artifacts)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => [titleCase(name), yamlValue(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}: ${value}`)
  return lines.map((line, index) => `${index === 0 ? '- ' : '  '}${line}\n`).join('')
}

const titleCase = (name: string) => name.replaceAll('_', ' ').replace(/\p{L}+/gu, (word) => capital(word))

const capital = (word: string) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`

/** JSON is YAML too: whatever is no plain text is written as JSON. */
function yamlValue(value: unknown): string {
  if (typeof value === 'string') return PLAIN.test(value) && !WORD_OF_YAML.test(value) ? value : JSON.stringify(value)
  return isObject(value) || Array.isArray(value) ? JSON.stringify(value) : String(value)
}
