/** "340 ms", "2.4 s", "3 min 5 s", "2 h 5 min": of milliseconds, as the language writes it. */
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
  if (ms >= 3_600_000) {
    const minutes = Math.floor((ms % 3_600_000) / 60_000)
    const hours = format(Math.floor(ms / 3_600_000), 'hour', 0)
    return minutes === 0 ? hours : `${hours} ${format(minutes, 'minute', 0)}`
  }
  return `${format(Math.floor(ms / 60_000), 'minute', 0)} ${format(Math.round((ms % 60_000) / 1000), 'second', 0)}`
}
