/** A field of a CSV file; in quotes when it must be. A spreadsheet must not take a text for a formula. */
export function csvField(value: unknown): string {
  const text = String(value ?? '')
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
