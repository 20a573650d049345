/** `2025-03-03 17:20:18 UTC`, as messages carry it. */
export function wireTime(epochMs: number): string {
  const iso = isoSecond(epochMs)
  return `${iso.slice(0, 10)} ${iso.slice(11)} UTC`
}

/** `2025-03-03T17:20:18+00:00`, as results carry it. */
export function wireIsoTime(epochMs: number): string {
  return `${isoSecond(epochMs)}+00:00`
}

let lastSecond = -1
let lastText = ''

/** Messages of one second are many, and dates are slow to write. */
function isoSecond(epochMs: number): string {
  const second = Math.floor(epochMs / 1000)
  if (second !== lastSecond) {
    lastSecond = second
    lastText = new Date(second * 1000).toISOString().slice(0, 19)
  }
  return lastText
}
