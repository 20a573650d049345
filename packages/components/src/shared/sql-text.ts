const FENCE = /```(?:sql)?\s*([\s\S]*?)\s*```/i
const BEGINS = /^(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|WITH|MERGE)\b/i

/** The statement in what a model wrote: out of its code block, its sentences and its quotes; empty marks of code go. */
export function statementIn(text: string): string {
  const fenced = FENCE.exec(text)?.[1]
  const bare = (fenced ?? linesOf(text)).replace(/^`+|`+$/g, '').trim()
  const quoted = /^(["'])([\s\S]*)\1$/.exec(bare)
  return (quoted?.[2] ?? bare).trim().replace(/`(?![\w])(?<![\w]`)/g, '')
}

/** The lines from one that begins a statement to one that ends it; all, where none begins one. */
function linesOf(text: string): string {
  const lines: string[] = []
  let isInside = false
  for (const line of text.split('\n').map((one) => one.trim())) {
    isInside ||= BEGINS.test(line)
    if (isInside) lines.push(line)
    if (line.endsWith(';')) isInside = false
  }
  return lines.length > 0 ? lines.join('\n') : text
}
