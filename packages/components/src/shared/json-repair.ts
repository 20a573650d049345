import { AppError } from '@runnel/protocol/errors'

/**
 * The value a JSON text stands for, also when it was written carelessly: single quotes, names without quotes, commas too
 * many or missing, comments, a fence around it, Python's words, an end that was cut off.
 * @throws AppError `invalid_field` when it is nothing like JSON.
 */
export function parseLenientJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return repaired(text)
  }
}

const WORDS: Readonly<Record<string, unknown>> = {
  true: true,
  True: true,
  false: false,
  False: false,
  null: null,
  None: null,
  undefined: null,
  NaN: null,
}
const MAX_DEPTH = 500

function repaired(source: string): unknown {
  const text = source.replace(/^\s*```\w*\s*\n?/, '').replace(/\n?\s*```\s*$/, '')
  let at = text.search(/[[{"']/)
  if (at === -1) throw new AppError('invalid_field', ['Invalid JSON: it holds no object, list or text.'])
  return value(0)

  function skip(): void {
    const blank = /(?:\s|\/\/[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/)*/y
    blank.lastIndex = at
    blank.exec(text)
    at = blank.lastIndex
  }

  function value(depth: number): unknown {
    if (depth > MAX_DEPTH) throw new AppError('invalid_field', ['Invalid JSON: it is nested too deeply.'])
    skip()
    const first = text.charAt(at)
    if (first === '{') return object(depth)
    if (first === '[') return list(depth)
    if (first === '"' || first === "'") return quoted(first)
    return word()
  }

  function object(depth: number): unknown {
    at++
    const entries: [string, unknown][] = []
    for (;;) {
      skip()
      while (text.charAt(at) === ',') {
        at++
        skip()
      }
      if (at >= text.length || text.charAt(at) === '}' || text.charAt(at) === ']') break
      const first = text.charAt(at)
      const before = at
      const name = first === '"' || first === "'" ? quoted(first) : bareName()
      skip()
      if (text.charAt(at) === ':') at++
      entries.push([name, /^[,}\]]?$/.test(text.charAt(at)) ? null : value(depth + 1)])
      if (at === before) at++
    }
    if (text.charAt(at) === '}') at++
    return Object.fromEntries(entries)
  }

  function list(depth: number): unknown {
    at++
    const items: unknown[] = []
    for (;;) {
      skip()
      while (text.charAt(at) === ',') {
        at++
        skip()
      }
      if (at >= text.length || text.charAt(at) === ']' || text.charAt(at) === '}') break
      const before = at
      items.push(value(depth + 1))
      if (at === before) at++
    }
    if (text.charAt(at) === ']') at++
    return items
  }

  /** A quote ends the text where something follows that can follow a text. */
  function quoted(quote: string): string {
    let raw = ''
    for (at++; at < text.length; at++) {
      const character = text.charAt(at)
      if (character === '\\') {
        raw += text.slice(at, at + 2)
        at++
      } else if (character === quote && /^\s*([,:\]}]|$|\n)/.test(text.slice(at + 1, at + 200))) {
        at++
        break
      } else raw += character === '"' ? '\\"' : character === '\n' ? '\\n' : character === '\t' ? '\\t' : character
    }
    return unescaped(raw)
  }

  function bareName(): string {
    const found = /[^\s:,}\]]+/y
    found.lastIndex = at
    const [name = ''] = found.exec(text) ?? []
    at += Math.max(name.length, 1)
    return name
  }

  function word(): unknown {
    const found = /[^,\]}\n]*/y
    found.lastIndex = at
    const [matched = ''] = found.exec(text) ?? []
    at += matched.length
    const plain = matched.trim()
    if (Object.hasOwn(WORDS, plain)) return WORDS[plain]
    const number = Number(plain)
    return plain !== '' && !Number.isNaN(number) ? number : plain
  }
}

function unescaped(raw: string): string {
  try {
    return JSON.parse(`"${raw.replace(/\\'/g, "'")}"`)
  } catch {
    return raw.replace(/\\(.)/g, '$1')
  }
}
