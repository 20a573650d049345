/** `2025-03-03 17:20:18 UTC`, as messages carry it. */
export function wireTime(epochMs: number): string {
  const iso = isoSecond(epochMs)
  return `${iso.slice(0, 10)} ${iso.slice(11)} UTC`
}

/** `2025-03-03T17:20:18+00:00`, as results carry it. */
export function wireIsoTime(epochMs: number): string {
  return `${isoSecond(epochMs)}+00:00`
}

const KEPT_SECONDS = 100
const seconds = new Map<number, string>()

/** Every token carries the time its message began at; those of many runs at once are of few seconds, and slow to write. */
function isoSecond(epochMs: number): string {
  const second = Math.floor(epochMs / 1000)
  const known = seconds.get(second)
  if (known !== undefined) return known
  const text = new Date(second * 1000).toISOString().slice(0, 19)
  if (seconds.size >= KEPT_SECONDS) seconds.clear()
  seconds.set(second, text)
  return text
}
