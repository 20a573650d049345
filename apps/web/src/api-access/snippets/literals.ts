/** An expression of the language that stands in a value instead of a literal. */
export class Expression {
  readonly code: string
  constructor(code: string) {
    this.code = code
  }
}

interface Syntax {
  readonly text: (value: string) => string
  readonly yes: string
  readonly no: string
  readonly nothing: string
}

const PYTHON: Syntax = { text: (value) => JSON.stringify(value), yes: 'True', no: 'False', nothing: 'None' }
const JAVASCRIPT: Syntax = { text: (value) => JSON.stringify(value), yes: 'true', no: 'false', nothing: 'null' }

/** Words inside a text stay as they are: only values are printed, never replaced afterwards. */
function literal(value: unknown, syntax: Syntax, indent: number): string {
  const inner = ' '.repeat(indent + 4)
  const outer = ' '.repeat(indent)
  if (value instanceof Expression) return value.code
  if (value === null || value === undefined) return syntax.nothing
  if (typeof value === 'boolean') return value ? syntax.yes : syntax.no
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return syntax.text(value)
  const nested = (one: unknown): string => literal(one, syntax, indent + 4)
  if (Array.isArray(value)) {
    return value.length === 0 ? '[]' : `[\n${value.map((one) => inner + nested(one)).join(',\n')},\n${outer}]`
  }
  const entries = Object.entries(value)
  if (entries.length === 0) return '{}'
  return `{\n${entries.map(([name, one]) => `${inner}${syntax.text(name)}: ${nested(one)}`).join(',\n')},\n${outer}}`
}

export const pythonLiteral = (value: unknown, indent = 0): string => literal(value, PYTHON, indent)
export const javascriptLiteral = (value: unknown, indent = 0): string => literal(value, JAVASCRIPT, indent)
