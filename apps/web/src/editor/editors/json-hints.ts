import type { CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete'
import { isObject } from '@runnel/protocol/json'

/** A key an object may have, as far as it is known. */
export interface KeyHint {
  readonly key: string
  /** `string`, `number`, `object`…, or the values it may have. */
  readonly type: string
  readonly info: string
}

/** How deep is looked. */
const DEPTH = 6

/**
 * The keys a value of a field may have: those of its JSON Schema, else those of what the field begins with.
 * @param schema undefined, or anything a file holds in its place
 */
export function keyHints(schema: unknown, example: unknown): readonly KeyHint[] {
  const found = new Map<string, KeyHint>()
  if (isObject(schema)) fromSchema(schema, found, 0)
  if (found.size === 0) fromExample(example, found, 0)
  return [...found.values()]
}

function fromSchema(schema: Readonly<Record<string, unknown>>, found: Map<string, KeyHint>, depth: number): void {
  if (depth > DEPTH) return
  const properties = isObject(schema.properties) ? schema.properties : {}
  for (const [key, facts] of Object.entries(properties)) {
    if (!isObject(facts)) continue
    if (!found.has(key)) found.set(key, { key, type: typeIn(facts), info: textOf(facts.description) })
    fromSchema(facts, found, depth + 1)
  }
  if (isObject(schema.items)) fromSchema(schema.items, found, depth + 1)
}

function typeIn({ type, enum: values }: Readonly<Record<string, unknown>>): string {
  if (Array.isArray(values)) return values.map((value) => JSON.stringify(value)).join(' | ')
  return Array.isArray(type) ? type.map(String).join(' | ') : textOf(type)
}

function fromExample(value: unknown, found: Map<string, KeyHint>, depth: number): void {
  if (depth > DEPTH || typeof value !== 'object' || value === null) return
  for (const [key, one] of Object.entries(value)) {
    if (!Array.isArray(value) && !found.has(key)) found.set(key, { key, type: typeOf(one), info: '' })
    fromExample(one, found, depth + 1)
  }
}

const typeOf = (value: unknown): string => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value)
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Completes keys where one is being typed. */
export const keyCompletion =
  (hints: readonly KeyHint[]): CompletionSource =>
  (context: CompletionContext): CompletionResult | null => {
    const typed = context.matchBefore(/(?:^|[{,])\s*"[^"\n]*$/)
    if (!typed || hints.length === 0) return null
    return {
      from: typed.from + typed.text.lastIndexOf('"') + 1,
      options: hints.map(({ key, type, info }) => ({ label: key, type: 'property', detail: type, info })),
      validFor: /^[^"\n]*$/,
    }
  }
