import { isObject, type JsonObject } from '@runnel/protocol/json'

/**
 * Reads a handle as the editor stores it: JSON with `œ` for each quote. Gives undefined when it is no such text.
 */
export function parseHandle(text: string): JsonObject | undefined {
  if (!text.startsWith('{')) return undefined
  // A handle with plain quotes may have the letter itself in a name.
  return parseObject(text) ?? parseObject(text.replaceAll('œ', '"'))
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/**
 * The handle at one end of an edge: the object in `data`, else what the handle's text says in any of its forms.
 * Undefined when there is none that can be read.
 */
export function edgeHandle(edge: JsonObject, side: 'sourceHandle' | 'targetHandle'): JsonObject | undefined {
  const given = isObject(edge.data) ? edge.data[side] : undefined
  for (const handle of [given, edge[side]]) {
    if (isObject(handle)) return handle
    if (typeof handle !== 'string') continue
    const old = side === 'sourceHandle' ? parseOldSourceHandle : parseOldTargetHandle
    const parsed = parseHandle(handle) ?? old(handle)
    if (parsed) return parsed
  }
  return undefined
}

/** Writes a handle the way the editor does: keys in alphabetical order, compact, `œ` for each quote. */
export function printHandle(handle: JsonObject): string {
  const sorted = Object.fromEntries(Object.entries(handle).sort(([a], [b]) => (a < b ? -1 : 1)))
  return JSON.stringify(sorted).replaceAll('"', 'œ')
}

/** A target handle before version 1.0: `Type1;Type2|fieldName|nodeId`. */
export function parseOldTargetHandle(text: string): JsonObject | undefined {
  const [types, fieldName, id] = text.split('|')
  if (types === undefined || !fieldName || !id) return undefined
  return { fieldName, id, inputTypes: types.split(';').filter(Boolean), type: 'str' }
}

/** A source handle before version 1.0: `dataType|nodeId|BaseClass1|BaseClass2…`. */
export function parseOldSourceHandle(text: string): JsonObject | undefined {
  const [dataType, id, ...baseClasses] = text.split('|')
  return dataType && id ? { dataType, id, baseClasses } : undefined
}

const RENAMED: ReadonlyMap<string, string> = new Map([
  ['Data', 'JSON'],
  ['Record', 'JSON'],
  ['DataFrame', 'Table'],
  ['Text', 'Message'],
])

/** One name per data type: the newest, for comparing what files of different versions say. */
export function dataTypeName(name: string): string {
  return RENAMED.get(name) ?? name
}

/** Whether an edge of these types may enter a handle that takes those. */
export function typesMeet(given: readonly string[], taken: readonly string[]): boolean {
  const names = new Set(taken.map(dataTypeName))
  return given.some((name) => names.has(dataTypeName(name)))
}
