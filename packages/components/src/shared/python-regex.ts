import { createContext, Script } from 'node:vm'

const MAX_PATTERN = 1_000
const MAX_TEXT = 100_000
const MAX_MS = 100

/**
 * Whether a pattern matches at the start of a text, as Python's `re.match`. False as well for a pattern that is no
 * regular expression, for a pattern or text too long to try, and when no answer is found in a tenth of a second:
 * patterns come from flows, and some take years on thirty characters.
 */
export function matchesAtStart(pattern: string, text: string): boolean {
  if (pattern.length > MAX_PATTERN || text.length > MAX_TEXT) return false
  const expression = compiled(pattern)
  return expression !== undefined && testInTime(expression, text)
}

function compiled(pattern: string): RegExp | undefined {
  const [inline = '', flags = ''] = /^\(\?([ims]+)\)/.exec(pattern) ?? []
  const source = pattern
    .slice(inline.length)
    .replaceAll('(?P<', '(?<')
    .replace(/\(\?P=(\w+)\)/g, '\\k<$1>')
    .replace(/\\([\s\S])/g, (whole, letter: string) => PYTHON_ESCAPES[letter] ?? whole)
  try {
    return new RegExp(source, `y${[...new Set(flags)].join('')}`)
  } catch {
    return undefined
  }
}

const PYTHON_ESCAPES: Readonly<Record<string, string>> = { A: '(?<![\\s\\S])', Z: '(?![\\s\\S])' }

// Only a script of its own can be given a time limit; the expression itself is passed in.
const script = new Script('expression.test(text)')

function testInTime(expression: RegExp, text: string): boolean {
  try {
    return script.runInContext(createContext({ expression, text }), { timeout: MAX_MS }) === true
  } catch {
    return false
  }
}
