/** Code keeps its dollars and backslashes. */
const CODE = /(^ {0,3}(`{3,}|~{3,})[\s\S]*?(?:^ {0,3}\2|$(?![\s\S]))|`[^`\n]+`)/gm

/**
 * Writes formulas the one way the reader knows, and escapes dollars that are money: a formula begins and ends with
 * something other than a space and is not followed by a digit, as Pandoc has it.
 */
export function markFormulas(text: string): string {
  let last = 0
  let marked = ''
  for (const match of text.matchAll(CODE)) {
    marked += inProse(text.slice(last, match.index)) + match[0]
    last = match.index + match[0].length
  }
  return marked + inProse(text.slice(last))
}

const inProse = (text: string): string =>
  text
    .replace(/\\\[([\s\S]+?)\\\]/g, (_, formula: string) => `$$${formula}$$`)
    // A formula that has its line for itself stands in the middle of it, which takes lines for its dollars too.
    .replace(/^([ \t]*)\$\$([^$\n]+)\$\$[ \t]*$/gm, '$1$$$$\n$1$2\n$1$$$$')
    .replace(/\\\((.+?)\\\)/g, (_, formula: string) => `$${formula}$`)
    .replace(/\$\$[\s\S]+?\$\$|\$(?=\S)((?:\\.|[^$\\\n])*?)(?<=\S)\$(?!\d)|\\\$|\$/g, (found) =>
      found === '$' ? '\\$' : found,
    )

/** Whether there is a formula in a text, so that what shows them is worth loading. */
export const hasFormula = (text: string): boolean => /\$\$|\\\[|\\\(|\$\S[^$\n]*\$/.test(text)
