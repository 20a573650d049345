/** An address a browser may open; undefined for any other text a flow may carry. */
export const safeAddress = (text: string): string | undefined =>
  /^(https?:|mailto:)/i.test(text.trim()) ? text.trim() : undefined
