/** The number a text says, with a point or a comma; undefined when it says none. Empty text is no number: ''. */
export function parseNumber(text: string, isWhole: boolean): number | '' | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return ''
  if (isWhole) {
    const value = Number(trimmed)
    return /^[+-]?\d+$/.test(trimmed) && Number.isSafeInteger(value) ? value : undefined
  }
  if (!/^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/i.test(trimmed)) return undefined
  const value = Number(trimmed.replace(',', '.'))
  return Number.isFinite(value) ? value : undefined
}

/** Whether a text is a whole number that is not kept to the last digit: those are refused. */
export const isTooLarge = (text: string): boolean =>
  /^[+-]?\d+$/.test(text.trim()) && !Number.isSafeInteger(Number(text.trim()))

export interface Range {
  readonly min: number | undefined
  readonly max: number | undefined
  readonly step: number
}

/** The range a field allows: `range_spec` of the template. */
export function rangeOf(spec: unknown, isWhole: boolean): Range {
  const read = (key: string): number | undefined => {
    const value = typeof spec === 'object' && spec !== null ? Reflect.get(spec, key) : undefined
    return typeof value === 'number' ? value : undefined
  }
  return { min: read('min'), max: read('max'), step: read('step') ?? (isWhole ? 1 : 0.1) }
}

export const clamp = (value: number, { min, max }: Range): number =>
  Math.min(max ?? Number.POSITIVE_INFINITY, Math.max(min ?? Number.NEGATIVE_INFINITY, value))

/** One step up or down, without the dust of binary fractions. */
export function stepped(value: number, direction: 1 | -1, range: Range): number {
  const digits = Math.max(decimals(range.step), decimals(value))
  return clamp(Number((value + direction * range.step).toFixed(digits)), range)
}

const decimals = (value: number): number => /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0
