const KEPT_SECONDS = 100
const seconds = new Map<number, string>()

/**
 * `2025-03-03 17:20:18 UTC`, as messages carry it. Every token carries the time its message began at; those of many runs
 * at once are of few seconds, and slow to write.
 */
export function wireTime(epochMs: number): string {
  const second = Math.floor(epochMs / 1000)
  const known = seconds.get(second)
  if (known !== undefined) return known
  const iso = new Date(second * 1000).toISOString()
  const text = `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`
  if (seconds.size >= KEPT_SECONDS) seconds.clear()
  seconds.set(second, text)
  return text
}

/** `2025-03-03T17:20:18+00:00`, as results carry it. */
export function wireIsoTime(epochMs: number): string {
  const text = wireTime(epochMs)
  return `${text.slice(0, 10)}T${text.slice(11, 19)}+00:00`
}
