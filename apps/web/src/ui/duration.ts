/** "340 ms", "2.4 s", "3 min 5 s": of milliseconds, as the language writes it. */
export function durationText(ms: number, language: string): string {
  const format = (value: number, unit: string, digits: number): string =>
    new Intl.NumberFormat(language, {
      style: 'unit',
      unit,
      unitDisplay: 'short',
      maximumFractionDigits: digits,
    }).format(value)
  if (ms < 1000) return format(ms, 'millisecond', 0)
  if (ms < 60_000) return format(ms / 1000, 'second', 1)
  return `${format(Math.floor(ms / 60_000), 'minute', 0)} ${format(Math.round((ms % 60_000) / 1000), 'second', 0)}`
}
