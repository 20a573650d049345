/** A division by zero, or zero to a negative power. */
export class DivisionByZero extends Error {
  override readonly name = 'DivisionByZero'
}

/** An expression that cannot be read or has no finite result; the message says where. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError'
}

const TOKEN = /\s*(?:((?:\d+(?:_\d+)*\.?\d*|\.\d+)(?:e[+-]?\d+)?)|(\*\*|[-+*/()]))/iy
const MAX_LENGTH = 10_000
const MAX_DEPTH = 200

/**
 * Works out numbers, `+ - * / **`, signs and parentheses with Python's precedence: powers bind to the right and
 * before a sign, so `-2**2` is -4.
 * @throws DivisionByZero and ExpressionError.
 */
export function evaluate(expression: string): number {
  const tokens = tokensOf(expression)
  let at = 0
  let depth = 0

  const take = (...symbols: readonly string[]): string | undefined => {
    const token = tokens[at]
    if (typeof token !== 'string' || !symbols.includes(token)) return undefined
    at++
    return token
  }
  const sum = (): number => {
    let value = product()
    for (let sign = take('+', '-'); sign; sign = take('+', '-')) value += sign === '+' ? product() : -product()
    return value
  }
  const product = (): number => {
    let value = signed()
    for (let sign = take('*', '/'); sign; sign = take('*', '/')) {
      const next = signed()
      if (sign === '/' && next === 0) throw new DivisionByZero('Division by zero')
      value = sign === '*' ? value * next : value / next
    }
    return value
  }
  const signed = (): number => {
    if (++depth > MAX_DEPTH) throw new ExpressionError('it is nested too deeply')
    const sign = take('+', '-')
    const value = sign ? signed() : power()
    depth--
    return sign === '-' ? -value : value
  }
  const power = (): number => {
    const base = atom()
    if (!take('**')) return base
    const exponent = signed()
    if (base === 0 && exponent < 0) throw new DivisionByZero('Division by zero')
    return base ** exponent
  }
  const atom = (): number => {
    const token = tokens[at++]
    if (typeof token === 'number') return token
    if (token !== '(') throw new ExpressionError(token ? `'${token}' stands where a number must` : 'it ends too early')
    const value = sum()
    if (!take(')')) throw new ExpressionError('a parenthesis is not closed')
    return value
  }

  const value = sum()
  if (at < tokens.length) throw new ExpressionError(`'${tokens[at]}' stands where a sign must`)
  if (!Number.isFinite(value)) throw new ExpressionError('the result is not a number that can be shown')
  return value
}

function tokensOf(expression: string): readonly (number | string)[] {
  const text = expression.trim()
  if (text.length > MAX_LENGTH) throw new ExpressionError(`it is longer than ${MAX_LENGTH} characters`)
  const tokens: (number | string)[] = []
  const scanner = new RegExp(TOKEN)
  while (scanner.lastIndex < text.length) {
    const from = scanner.lastIndex
    const match = scanner.exec(text)
    if (!match) throw new ExpressionError(`'${text.slice(from).trim().slice(0, 20)}' is neither a number nor a sign`)
    tokens.push(match[1] === undefined ? (match[2] ?? '') : Number(match[1].replaceAll('_', '')))
  }
  return tokens
}
