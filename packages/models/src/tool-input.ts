/**
 * The arguments of a tool call, which providers send as JSON text. Nothing means no arguments; what is no JSON stays
 * text, so that whoever calls the tool can tell the model.
 */
export function toolInput(text: string): unknown {
  if (text.trim() === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
