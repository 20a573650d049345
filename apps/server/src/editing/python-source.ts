/** What is wrong with a source text, in Python's words. */
export interface SourceProblem {
  readonly message: string
  /** From 1. */
  readonly line: number
}

const OPENING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }
const CLOSING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }
const BLOCK = /^\s*(?:async\s+)?(?:def|class|if|elif|else|for|while|try|except|finally|with)\b/

/**
 * The first flaw of a Python source that shows without running it: a bracket or string that does not end, a block
 * without its colon. Undefined when the source looks whole. Reads the text once.
 */
export function pythonProblem(source: string): SourceProblem | undefined {
  const open: { readonly bracket: string; readonly line: number }[] = []
  let line = 1
  let statement = { text: '', line: 1, hasColon: false }
  for (let at = 0; at < source.length; at++) {
    const sign = source.charAt(at)
    if (sign === '#') {
      while (at + 1 < source.length && source.charAt(at + 1) !== '\n') at++
    } else if (sign === '"' || sign === "'") {
      const end = stringEnd(source, at)
      if (end === undefined) return { message: unterminated(source, at), line }
      line += source.slice(at, end).split('\n').length - 1
      at = end - 1
    } else if (sign === '\\' && source.charAt(at + 1) === '\n') {
      at++
      line++
    } else if (sign === '\n') {
      line++
      if (open.length > 0) continue
      if (BLOCK.test(statement.text) && !statement.hasColon) return { message: "expected ':'", line: statement.line }
      statement = { text: '', line, hasColon: false }
    } else if (sign in OPENING) open.push({ bracket: sign, line })
    else if (sign in CLOSING) {
      const last = open.pop()
      if (!last) return { message: `unmatched '${sign}'`, line }
      if (OPENING[last.bracket] !== sign) {
        return { message: `closing parenthesis '${sign}' does not match opening parenthesis '${last.bracket}'`, line }
      }
    } else if (open.length === 0) {
      if (sign === ':') statement.hasColon = true
      if (statement.text.length < 200) statement.text += sign
    }
  }
  const last = open.at(-1)
  if (last) return { message: `'${last.bracket}' was never closed`, line: last.line }
  const isCut = BLOCK.test(statement.text) && !statement.hasColon
  return isCut ? { message: "expected ':'", line: statement.line } : undefined
}

/** Where the string that begins at `start` ends; undefined when it does not. */
function stringEnd(source: string, start: number): number | undefined {
  const quote = source.charAt(start)
  const triple = source.startsWith(quote.repeat(3), start)
  const end = triple ? quote.repeat(3) : quote
  for (let at = start + end.length; at < source.length; at++) {
    if (source.charAt(at) === '\\') at++
    else if (source.startsWith(end, at)) return at + end.length
    else if (!triple && source.charAt(at) === '\n') return undefined
  }
  return undefined
}

const unterminated = (source: string, start: number): string =>
  source.startsWith(source.charAt(start).repeat(3), start)
    ? 'unterminated triple-quoted string literal'
    : 'unterminated string literal'

/** Names a source gives its component: those of `name = "…"`, then its classes, the last first. */
export function componentNames(source: string): readonly string[] {
  const named = Array.from(source.matchAll(/^[ \t]+name(?:[ \t]*:[ \t]*str)?[ \t]*=[ \t]*["']([^"'\n]+)["']/gm))
  const classes = Array.from(source.matchAll(/^class[ \t]+(\w+)/gm)).reverse()
  return [...named, ...classes].flatMap(([, name]) => name ?? [])
}
