/**
 * The value a Python literal stands for: numbers, texts, `True`, `False`, `None`, lists, tuples and dictionaries.
 * Undefined when the text is none.
 */
export function parsePythonLiteral(text: string): { readonly value: unknown } | undefined {
  const tokens = tokensOf(text)
  if (!tokens) return undefined
  let at = 0
  try {
    const value = read()
    return at === tokens.length ? { value } : undefined
  } catch {
    // Whatever does not read to its end is no literal.
    return undefined
  }

  function read(): unknown {
    const token = tokens?.[at++]
    if (token === undefined) throw new Error('ends too early')
    if (token === '[') return list(']')
    if (token === '(') return list(')')
    if (token === '{') return dictionary()
    if (/^['"]/.test(token)) return unquoted(token)
    if (Object.hasOwn(WORDS, token)) return WORDS[token]
    const number = Number(token.replaceAll('_', ''))
    if (Number.isNaN(number)) throw new Error('is no literal')
    return number
  }

  function list(end: string): readonly unknown[] {
    const items: unknown[] = []
    while (tokens?.[at] !== end) {
      items.push(read())
      if (tokens?.[at] === ',') at++
      else if (tokens?.[at] !== end) throw new Error('lacks a comma')
    }
    at++
    return items
  }

  function dictionary(): unknown {
    const entries: [string, unknown][] = []
    while (tokens?.[at] !== '}') {
      const key = read()
      if (tokens?.[at++] !== ':') throw new Error('lacks a colon')
      entries.push([String(key), read()])
      if (tokens?.[at] === ',') at++
      else if (tokens?.[at] !== '}') throw new Error('lacks a comma')
    }
    at++
    return Object.fromEntries(entries)
  }
}

const WORDS: Readonly<Record<string, unknown>> = { True: true, False: false, None: null }
const TOKEN =
  /\s*(?:('(?:[^'\\\n]|\\[\s\S])*'|"(?:[^"\\\n]|\\[\s\S])*")|([[\](){},:])|([+-]?[\w.]+(?:e[+-]?\d+)?))\s*/gy

function tokensOf(text: string): readonly string[] | undefined {
  const tokens: string[] = []
  let end = 0
  for (const match of text.matchAll(TOKEN)) {
    tokens.push(match[1] ?? match[2] ?? match[3] ?? '')
    end = match.index + match[0].length
  }
  return end === text.length && tokens.length > 0 ? tokens : undefined
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\n': '' }
const unquoted = (token: string): string =>
  token.slice(1, -1).replace(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|([\s\S]))/gi, (_, two, four, letter) => {
    const code = two ?? four
    return code ? String.fromCharCode(Number.parseInt(code, 16)) : (ESCAPES[letter] ?? letter)
  })
