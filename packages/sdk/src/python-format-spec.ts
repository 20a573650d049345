import { AppError } from '@runnel/protocol/errors'
import { pyNumber, pyStr } from './python-text.ts'

interface Spec {
  readonly fill: string
  readonly align: string
  readonly sign: string
  readonly alternate: boolean
  readonly zero: boolean
  readonly width: number
  readonly grouping: string
  readonly precision: number | undefined
  readonly type: string
}

const SPEC = /^(?:(.)?([<>=^]))?([-+ ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/su
// Far above any column anyone aligns, and far below what would fill the memory.
const MAX_WIDTH = 10_000
// The most digits JavaScript prints.
const MAX_PRECISION = 100

/**
 * Python's `format(value, spec)` for text, numbers, booleans and None: fill, alignment, sign, zeros, width, grouping,
 * precision and the types `s d n b o x X c e E f F g G %`.
 * @throws AppError `invalid_field` when the spec does not fit the value.
 */
export function formatSpec(value: unknown, text: string): string {
  if (text === '') return pyStr(value)
  const spec = readSpec(text)
  if (typeof value === 'string') return formatText(value, spec, text)
  if (typeof value === 'boolean') return formatNumber(Number(value), spec, text)
  if (typeof value === 'number') return formatNumber(value, spec, text)
  throw unfit(text, value)
}

function readSpec(text: string): Spec {
  const match = SPEC.exec(text)
  if (!match) throw new AppError('invalid_field', [`'${text}' is not a format specifier. '.2f' or '>10' are.`])
  const [, fill, align, sign, hash, zero, width, grouping, precision, type] = match
  const spec = {
    fill: fill ?? (zero ? '0' : ' '),
    align: align ?? '',
    zero: zero !== undefined,
    sign: sign ?? '-',
    alternate: hash !== undefined,
    width: Number(width ?? 0),
    grouping: grouping ?? '',
    precision: precision === undefined ? undefined : Number(precision),
    type: type ?? '',
  }
  if (spec.width > MAX_WIDTH || (spec.precision ?? 0) > (spec.type === 's' ? MAX_WIDTH : MAX_PRECISION)) {
    throw new AppError('invalid_field', [`The format specifier '${text}' asks for too many characters.`])
  }
  return spec
}

function unfit(text: string, value: unknown): AppError {
  return new AppError('invalid_field', [`The format specifier '${text}' does not fit the value ${pyStr(value)}.`])
}

function formatText(value: string, spec: Spec, text: string): string {
  if ((spec.type !== '' && spec.type !== 's') || spec.align === '=' || spec.sign !== '-' || spec.grouping) {
    throw unfit(text, value)
  }
  const characters = Array.from(value)
  const shown = spec.precision === undefined ? value : characters.slice(0, spec.precision).join('')
  return pad(shown, '', { ...spec, align: spec.align || '<' })
}

function formatNumber(value: number, spec: Spec, text: string): string {
  const digits = digitsOf(Math.abs(value), spec)
  if (digits === undefined) throw unfit(text, value)
  const negative = value < 0 || Object.is(value, -0)
  const sign = negative ? '-' : spec.sign === '-' ? '' : spec.sign
  return pad(grouped(digits, spec), sign + prefixOf(spec), { ...spec, align: spec.align || (spec.zero ? '=' : '>') })
}

const RADIX: Readonly<Record<string, number>> = { b: 2, o: 8, x: 16, X: 16 }
const prefixOf = ({ type, alternate }: Spec): string => (alternate && RADIX[type] !== undefined ? `0${type}` : '')

/** The digits of a number that is not negative; undefined when the type is none for it. */
function digitsOf(value: number, spec: Spec): string | undefined {
  const { type, precision } = spec
  const lower = type.toLowerCase()
  if (lower === 'f' || lower === 'e' || lower === 'g' || lower === '%') {
    const shown = Number.isFinite(value) ? decimalOf(value, lower, precision ?? 6) : pyNumber(value)
    return type === lower ? shown : shown.toUpperCase()
  }
  const whole = Number.isInteger(value) && precision === undefined
  const radix = RADIX[type]
  if (radix !== undefined) {
    const shown = whole ? value.toString(radix) : undefined
    return type === 'X' ? shown?.toUpperCase() : shown
  }
  if (type === 'c') return whole && value <= 0x10ffff ? String.fromCodePoint(value) : undefined
  if (type === 'd') return whole ? value.toFixed(0) : undefined
  if (type === 'n') return whole ? value.toFixed(0) : digitsOf(value, { ...spec, type: 'g' })
  if (type !== '') return undefined
  return precision === undefined || !Number.isFinite(value) ? pyNumber(value) : shortest(value, precision, true)
}

function decimalOf(value: number, type: string, precision: number): string {
  switch (type) {
    case 'f':
      return halfEven(value, precision, 'toFixed')
    case '%':
      return `${halfEven(value * 100, precision, 'toFixed')}%`
    case 'e':
      return twoDigitExponent(halfEven(value, precision, 'toExponential'))
    default:
      return shortest(value, precision, false)
  }
}

/** `g`: so many significant digits, without trailing zeros. With `keepPoint`, as Python does without a type. */
function shortest(value: number, precision: number, keepPoint: boolean): string {
  const significant = Math.max(1, precision)
  const scientific = halfEven(value, significant - 1, 'toExponential')
  const exponent = Number(scientific.split('e')[1])
  const fixed = exponent >= -4 && exponent < significant - (keepPoint && !Number.isInteger(value) ? 1 : 0)
  if (!fixed) {
    const [mantissa = '', power] = scientific.split('e')
    return twoDigitExponent(`${withoutZeros(mantissa)}e${power}`)
  }
  const shown = withoutZeros(halfEven(value, Math.min(MAX_PRECISION, significant - 1 - exponent), 'toFixed'))
  return keepPoint && !shown.includes('.') && !Number.isInteger(value) ? `${shown}.0` : shown
}

const withoutZeros = (digits: string): string => (digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits)
const twoDigitExponent = (digits: string): string => digits.replace(/e([+-])(\d)$/, 'e$10$2')

/** JavaScript rounds a tie up; Python rounds it to the even digit. */
function halfEven(value: number, digits: number, method: 'toFixed' | 'toExponential'): string {
  if (method === 'toFixed' && value >= 1e21) return BigInt(value).toString() + (digits ? `.${'0'.repeat(digits)}` : '')
  const rounded = value[method](digits)
  const exact = value[method](MAX_PRECISION)
  const point = exact.indexOf('.')
  const tail = exact.slice(point + 1 + digits).split('e')[0] ?? ''
  if (!/^50*$/.test(tail) || Number(exact.slice(0, point + 1 + digits).at(digits === 0 ? -2 : -1)) % 2 === 1) {
    return rounded
  }
  const power = exact.includes('e') ? `e${exact.split('e')[1]}` : ''
  return exact.slice(0, digits === 0 ? point : point + 1 + digits) + power
}

function grouped(digits: string, { grouping, type }: Spec): string {
  if (!grouping) return digits
  const [whole = '', rest = ''] = splitWhole(digits)
  const size = RADIX[type] === undefined ? 3 : 4
  return whole.replace(new RegExp(`\\B(?=(?:\\w{${size}})+$)`, 'g'), grouping) + rest
}

const splitWhole = (digits: string): readonly string[] => {
  const end = digits.search(/[.e%]/)
  return end === -1 ? [digits] : [digits.slice(0, end), digits.slice(end)]
}

function pad(shown: string, sign: string, { fill, align, width }: Spec): string {
  const missing = Math.max(0, width - Array.from(sign + shown).length)
  switch (align) {
    case '=':
      return sign + fill.repeat(missing) + shown
    case '>':
      return fill.repeat(missing) + sign + shown
    case '^':
      return fill.repeat(Math.floor(missing / 2)) + sign + shown + fill.repeat(Math.ceil(missing / 2))
    default:
      return sign + shown + fill.repeat(missing)
  }
}
