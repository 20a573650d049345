import { AppError } from '@runnel/protocol/errors'

/** A jq program, taken apart. */
export type Jq =
  | { readonly kind: 'identity' | 'descend' }
  | { readonly kind: 'literal'; readonly value: unknown }
  | { readonly kind: 'text'; readonly parts: readonly (string | Jq)[] }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'index'; readonly of: Jq; readonly key: Jq }
  | { readonly kind: 'slice'; readonly of: Jq; readonly from: Jq | undefined; readonly to: Jq | undefined }
  | { readonly kind: 'iterate' | 'optional' | 'negate'; readonly of: Jq }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Jq; readonly right: Jq }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Jq[] }
  | { readonly kind: 'list'; readonly of: Jq | undefined }
  | { readonly kind: 'object'; readonly entries: readonly { readonly key: Jq; readonly value: Jq }[] }
  | { readonly kind: 'if'; readonly test: Jq; readonly yes: Jq; readonly no: Jq }
  | { readonly kind: 'reduce'; readonly over: Jq; readonly name: string; readonly init: Jq; readonly step: Jq }
  | { readonly kind: 'bind'; readonly value: Jq; readonly name: string; readonly body: Jq }

const problem = (why: string) => new AppError('invalid_field', [`JSON Query error: ${why}`])

const TOKEN =
  /\s*(?:#[^\n]*)?\s*("(?:[^"\\]|\\[\s\S])*"|\.\.|\.[A-Za-z_]\w*|\?\/\/|\/\/|[=!<>]=|\$?[A-Za-z_]\w*|\d+(?:\.\d+)?(?:e[+-]?\d+)?|[.[\]{}()|,:;?+\-*/%<>])/giy

/** From loosest to tightest. */
const LEVELS: readonly (readonly string[])[] = [
  ['|'],
  [','],
  ['//'],
  ['or'],
  ['and'],
  ['==', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '%'],
]
const MAX_LENGTH = 10_000
const MAX_DEPTH = 200

/** Reads a jq program. @throws AppError `invalid_field` when it cannot be read. */
export function parseJq(program: string): Jq {
  if (program.length > MAX_LENGTH) throw problem('the program is too long.')
  const tokens = tokensOf(program)
  let at = 0
  let depth = 0
  const parsed = pipe()
  if (at < tokens.length) throw problem(`${tokens[at]} is not expected there.`)
  return parsed

  function take(token: string): boolean {
    if (tokens[at] !== token) return false
    at++
    return true
  }
  function need(token: string): void {
    if (!take(token)) throw problem(`${token} is expected ${tokens[at] ? `before ${tokens[at]}` : 'at the end'}.`)
  }
  function variable(): string {
    const name = tokens[at++] ?? ''
    if (!/^\$[A-Za-z_]/.test(name)) throw problem('a name such as $x is expected after `as`.')
    return name.slice(1)
  }

  function pipe(): Jq {
    depth++
    if (depth > MAX_DEPTH) throw problem('the program is nested too deeply.')
    const found = binary(0)
    depth--
    return found
  }

  function binary(level: number): Jq {
    const operators = LEVELS[level]
    if (!operators) return postfix()
    let left = binary(level + 1)
    while (operators.includes(tokens[at] ?? '')) {
      const operator = tokens[at++] ?? ''
      left = { kind: 'binary', operator, left, right: binary(level + 1) }
    }
    return left
  }

  function postfix(): Jq {
    let of = primary()
    for (;;) {
      const token = tokens[at] ?? ''
      if (/^\.[A-Za-z_]/.test(token)) {
        at++
        of = { kind: 'index', of, key: { kind: 'literal', value: token.slice(1) } }
      } else if (token === '.' && tokens[at + 1]?.startsWith('"')) {
        at++
        of = { kind: 'index', of, key: text(tokens[at++] ?? '') }
      } else if (token === '.' && tokens[at + 1] === '[') at++
      else if (token === '[') of = bracket(of)
      else if (token === '?') {
        at++
        of = { kind: 'optional', of }
      } else if (token === 'as') {
        at++
        const name = variable()
        need('|')
        return { kind: 'bind', value: of, name, body: pipe() }
      } else return of
    }
  }

  function bracket(of: Jq): Jq {
    need('[')
    if (take(']')) return { kind: 'iterate', of }
    const from = tokens[at] === ':' ? undefined : pipe()
    if (take(':')) {
      const to = tokens[at] === ']' ? undefined : pipe()
      need(']')
      return { kind: 'slice', of, from, to }
    }
    need(']')
    return { kind: 'index', of, key: from ?? { kind: 'identity' } }
  }

  function primary(): Jq {
    const token = tokens[at++]
    if (token === undefined) throw problem('the program ends too early.')
    if (token === '.') {
      const key = tokens[at]?.startsWith('"') ? text(tokens[at++] ?? '') : undefined
      return key ? { kind: 'index', of: { kind: 'identity' }, key } : { kind: 'identity' }
    }
    if (token === '..') return { kind: 'descend' }
    if (/^\.[A-Za-z_]/.test(token)) {
      return { kind: 'index', of: { kind: 'identity' }, key: { kind: 'literal', value: token.slice(1) } }
    }
    if (token.startsWith('"')) return text(token)
    if (/^\d/.test(token)) return { kind: 'literal', value: Number(token) }
    if (token === '-') return { kind: 'negate', of: postfix() }
    if (token === '(') {
      const inner = pipe()
      need(')')
      return inner
    }
    if (token === '[') {
      const of = tokens[at] === ']' ? undefined : pipe()
      need(']')
      return { kind: 'list', of }
    }
    if (token === '{') return object()
    if (token === 'if') return condition()
    if (token === 'reduce') return reduce()
    if (token === 'true' || token === 'false') return { kind: 'literal', value: token === 'true' }
    if (token === 'null') return { kind: 'literal', value: null }
    if (token.startsWith('$')) return { kind: 'variable', name: token.slice(1) }
    if (/^[A-Za-z_]/.test(token)) return { kind: 'call', name: token, args: args() }
    throw problem(`${token} is not expected there.`)
  }

  function args(): readonly Jq[] {
    if (!take('(')) return []
    const found = [pipe()]
    while (take(';')) found.push(pipe())
    need(')')
    return found
  }

  function condition(): Jq {
    const test = pipe()
    need('then')
    const yes = pipe()
    if (take('elif')) return { kind: 'if', test, yes, no: condition() }
    const no: Jq = take('else') ? pipe() : { kind: 'identity' }
    need('end')
    return { kind: 'if', test, yes, no }
  }

  function reduce(): Jq {
    const over = primary()
    const iterated = tokens[at] === '[' ? bracket(over) : over
    need('as')
    const name = variable()
    need('(')
    const init = pipe()
    need(';')
    const step = pipe()
    need(')')
    return { kind: 'reduce', over: iterated, name, init, step }
  }

  function object(): Jq {
    const entries: { key: Jq; value: Jq }[] = []
    while (!take('}')) {
      if (entries.length > 0) need(',')
      const token = tokens[at++] ?? ''
      if (token === '(') {
        const key = pipe()
        need(')')
        need(':')
        entries.push({ key, value: entryValue() })
        continue
      }
      const isVariable = token.startsWith('$')
      if (!/^["$A-Za-z_]/.test(token)) throw problem(`${token || 'the end'} is not expected in an object.`)
      const key: Jq = token.startsWith('"')
        ? text(token)
        : { kind: 'literal', value: isVariable ? token.slice(1) : token }
      const same: Jq = isVariable
        ? { kind: 'variable', name: token.slice(1) }
        : { kind: 'index', of: { kind: 'identity' }, key }
      entries.push({ key, value: take(':') ? entryValue() : same })
    }
    return { kind: 'object', entries }
  }

  /** Commas part entries, so a value with one stands in parentheses. */
  function entryValue(): Jq {
    let left = binary(2)
    while (take('|')) left = { kind: 'binary', operator: '|', left, right: binary(2) }
    return left
  }
}

function tokensOf(program: string): readonly string[] {
  const tokens: string[] = []
  let end = 0
  for (const match of program.matchAll(TOKEN)) {
    tokens.push(match[1] ?? '')
    end = match.index + match[0].length
  }
  const rest = program
    .slice(end)
    .replace(/#[^\n]*/g, '')
    .trim()
  if (rest !== '') throw problem(`${rest.slice(0, 20)} cannot be read.`)
  return tokens
}

/** A text, with programs inside `\(…)`. */
function text(token: string): Jq {
  const inner = token.slice(1, -1)
  const parts: (string | Jq)[] = []
  let plain = ''
  for (let at = 0; at < inner.length; at++) {
    if (inner.startsWith('\\(', at)) {
      const end = closing(inner, at + 1)
      parts.push(unescaped(plain), parseJq(inner.slice(at + 2, end)))
      plain = ''
      at = end
    } else if (inner.charAt(at) === '\\') {
      plain += inner.slice(at, at + 2)
      at++
    } else plain += inner.charAt(at)
  }
  return parts.length === 0
    ? { kind: 'literal', value: unescaped(plain) }
    : { kind: 'text', parts: [...parts, unescaped(plain)] }
}

function closing(inner: string, open: number): number {
  let depth = 0
  for (let at = open; at < inner.length; at++) {
    if (inner.charAt(at) === '(') depth++
    if (inner.charAt(at) === ')') depth--
    if (depth === 0) return at
  }
  throw problem('a text holds \\( without an end.')
}

function unescaped(raw: string): string {
  try {
    return String(JSON.parse(`"${raw}"`))
  } catch {
    throw problem(`"${raw.slice(0, 40)}" is no text.`)
  }
}
