import { isObject, type JsonObject } from '@runnel/protocol/json'

/** The arguments a text says, a JSON object; undefined when it says none. */
export function readArguments(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
