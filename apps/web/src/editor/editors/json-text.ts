/** What a text is as JSON, or in which line, from 1, it ceases to be some, where the browser tells. */
export type JsonText =
  | { readonly isValid: true; readonly value: unknown }
  | { readonly isValid: false; readonly line: number | undefined }

/** Reads a text as JSON. Of what a browser says against one only the line is kept: it says it in English. */
export function readJson(text: string): JsonText {
  try {
    return { isValid: true, value: JSON.parse(text) }
  } catch (error) {
    const message = String(error)
    const line = /\bline (\d+)/.exec(message)?.[1]
    if (line !== undefined) return { isValid: false, line: Number(line) }
    return { isValid: false, line: /\bend of\b/.test(message) ? text.trimEnd().split('\n').length : undefined }
  }
}
