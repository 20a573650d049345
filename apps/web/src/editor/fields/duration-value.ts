/** As the file spells them. */
export const UNITS = ['Minutes', 'Hours', 'Days'] as const
export type DurationUnit = (typeof UNITS)[number]

export interface Duration {
  readonly value: number | undefined
  readonly unit: DurationUnit
}

/** What a duration field holds; a bare number is one of minutes. */
export function durationOf(stored: unknown): Duration {
  if (typeof stored === 'number') return { value: stored, unit: 'Minutes' }
  const { value, unit }: { readonly value?: unknown; readonly unit?: unknown } = Object(stored)
  return {
    value: typeof value === 'number' ? value : undefined,
    unit: UNITS.find((one) => one === unit) ?? 'Minutes',
  }
}
