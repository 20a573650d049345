export interface Area {
  readonly width: number
  readonly height: number
  /** The value at the top. */
  readonly end: number
}

export interface Bar {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Of a slot's width, what stays free beside its bar. */
const GAP = 0.25

/** Bars of several series, one on the other from the bottom up: for each series one bar a slot. */
export function stackedBars(
  series: readonly (readonly number[])[],
  { width, height, end }: Area,
): readonly (readonly Bar[])[] {
  const tops: number[] = []
  return series.map((values) =>
    values.map((value, slot) => {
      const step = width / values.length
      const bar = (value / end) * height
      const y = (tops[slot] ?? height) - bar
      tops[slot] = y
      return { x: (slot + GAP / 2) * step, y, width: step * (1 - GAP), height: bar }
    }),
  )
}

/**
 * A line through the middles of the slots, as the path of an SVG: it stops where a value is not known. A value alone
 * among unknown ones is a dash as wide as its slot.
 */
export function linePath(values: readonly (number | null)[], { width, height, end }: Area): string {
  const step = width / Math.max(1, values.length)
  const at = (slot: number, value: number): string =>
    `${round((slot + 0.5) * step)},${round(height - (value / end) * height)}`
  return values
    .map((value, slot) => {
      if (value === null) return ''
      const goesOn = slot > 0 && values[slot - 1] !== null
      const isAlone = !goesOn && (values[slot + 1] ?? null) === null
      if (isAlone) return `M${round(slot * step)},${round(height - (value / end) * height)}h${round(step)}`
      return `${goesOn ? 'L' : 'M'}${at(slot, value)}`
    })
    .join('')
}

const round = (value: number): number => Math.round(value * 100) / 100

/** The most that is drawn in one slot. */
export function mostOf(series: readonly (readonly (number | null)[])[], stacked: boolean): number {
  const length = Math.max(0, ...series.map((values) => values.length))
  const inSlot = (slot: number): readonly number[] => series.map((values) => values[slot] ?? 0)
  const tops = Array.from({ length }, (_, slot) =>
    stacked ? inSlot(slot).reduce((sum, value) => sum + value, 0) : Math.max(0, ...inSlot(slot)),
  )
  return Math.max(0, ...tops)
}

/** The end of an axis: the next of 1, 2 or 5 times a power of ten, also of parts of one. */
export function niceEnd(most: number): number {
  if (most <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(most))
  return [1, 2, 5, 10].map((step) => step * power).find((end) => end >= most) ?? most
}

/** By how much a value differs from the one before, as a part of it; undefined when that says nothing. */
export function changeOf(value: number | null, before: number | null | undefined): number | undefined {
  if (value === null || before === null || before === undefined || before === 0) return undefined
  return (value - before) / before
}
