/** The text of a JSON column. */
export function toJson(value: unknown): string {
  return JSON.stringify(value)
}

/** What a JSON column holds. The one place where a stored text gets its type back. */
export function fromJson<Value>(text: string): Value {
  return JSON.parse(text) as Value
}
