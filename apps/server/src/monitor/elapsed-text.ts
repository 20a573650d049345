/** How long something took, for people: `15 ms`, `1.03 seconds`, `2 minutes, 3.5 seconds`. */
export function elapsedText(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  const minutes = Math.floor(ms / 60_000)
  const rest = secondsText((ms - minutes * 60_000) / 1000)
  if (minutes === 0) return rest
  return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}, ${rest}`
}

/** At most two decimals and at least one. */
function secondsText(seconds: number): string {
  const rounded = Math.round(seconds * 100) / 100
  const shown = Number.isInteger(rounded) ? rounded.toFixed(1) : String(rounded)
  return `${shown} ${rounded === 1 ? 'second' : 'seconds'}`
}
