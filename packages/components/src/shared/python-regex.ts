import { createContext, Script } from 'node:vm'
import { AppError } from '@runnel/protocol/errors'

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

const MAX_SEARCHED = 1_000_000
const MAX_SEARCH_MS = 1_000

/**
 * All matches of a pattern as Python's `re.findall` lists them: the whole match, its group when there is one, a list
 * when there are several.
 * @throws AppError `invalid_field` for no regular expression, a text that is too long, and a search that takes longer
 * than a second.
 */
export function findAll(pattern: string, text: string): readonly (string | readonly string[])[] {
  const found = runInTime('Array.from(text.matchAll(expression), (match) => Array.from(match))', pattern, text)
  // The script answers lists of matches; groups that took no part are undefined.
  return (found as readonly (readonly (string | undefined)[])[]).map(([whole = '', ...groups]) => {
    const texts = groups.map((group) => group ?? '')
    return texts.length > 1 ? [...texts] : (texts[0] ?? whole)
  })
}

/** The text with all matches replaced, as Python's `re.sub`. @throws AppError as `findAll` does. */
export function replaceMatches(pattern: string, replacement: string, text: string): string {
  const inserted = replacement
    .replaceAll('$', '$$$$')
    .replace(/\\g<(\w+)>/g, (_, name: string) => (/^\d+$/.test(name) ? `$${name}` : `$<${name}>`))
    .replace(/\\(\d)/g, '$$$1')
  return String(runInTime('text.replace(expression, inserted)', pattern, text, { inserted }))
}

/** Which of the lines hold a match. @throws AppError as `findAll` does; the lines together may be of any length. */
export function matchingLines(pattern: string, lines: readonly string[]): readonly boolean[] {
  const found = runInTime('lines.map((line) => line.search(expression) !== -1)', pattern, '', { lines })
  return found as readonly boolean[] // what the script answers
}

/** The pieces of a text of any length between the matches, and what their groups hold. @throws AppError as `findAll` does. */
export function splitAtMatches(pattern: string, text: string): readonly string[] {
  const pieces = runInTime('whole.split(expression)', pattern, '', { whole: text })
  // What the script answers; groups that took no part are undefined.
  return (pieces as readonly (string | undefined)[]).map((piece) => piece ?? '')
}

function runInTime(
  source: string,
  pattern: string,
  text: string,
  more: Readonly<Record<string, unknown>> = {},
): unknown {
  const problem = (why: string) => new AppError('invalid_field', [`Invalid regex pattern: ${why}`])
  if (pattern.length > MAX_PATTERN) throw problem(`it is longer than ${MAX_PATTERN} characters.`)
  if (text.length > MAX_SEARCHED) throw problem(`the text is longer than ${MAX_SEARCHED} characters.`)
  const expression = compiled(pattern, 'g')
  if (!expression) throw problem(`${pattern.slice(0, 100)} is no regular expression.`)
  try {
    const sandbox = createContext({ expression, text, ...more })
    return new Script(source).runInContext(sandbox, { timeout: MAX_SEARCH_MS })
  } catch (cause) {
    throw new AppError('invalid_field', ['Invalid regex pattern: it takes longer than a second. Make it simpler.'], {
      cause,
    })
  }
}

function compiled(pattern: string, mode: 'y' | 'g' = 'y'): RegExp | undefined {
  const [inline = '', flags = ''] = /^\(\?([ims]+)\)/.exec(pattern) ?? []
  const source = pattern
    .slice(inline.length)
    .replaceAll('(?P<', '(?<')
    .replace(/\(\?P=(\w+)\)/g, '\\k<$1>')
    .replace(/\\([\s\S])/g, (whole, letter: string) => PYTHON_ESCAPES[letter] ?? whole)
  try {
    return new RegExp(source, `${mode}${[...new Set(flags)].join('')}`)
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
