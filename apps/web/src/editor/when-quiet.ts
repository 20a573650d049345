/** What a hand does that has begun to work. */
const TOUCHES = ['pointermove', 'pointerdown', 'wheel', 'keydown'] as const

/** In milliseconds. */
export interface Quiet {
  /** So long nothing may have been touched. */
  readonly forMs: number
  /** After so long it does not matter any more. */
  readonly atMostMs: number
}

/** Calls back once a page has not been touched for a while. @returns takes it back */
export function whenQuiet(page: EventTarget, { forMs, atMostMs }: Quiet, act: () => void): () => void {
  const listening = new AbortController()
  let timer = setTimeout(come, forMs)
  const latest = setTimeout(come, atMostMs)
  const wait = (): void => {
    clearTimeout(timer)
    timer = setTimeout(come, forMs)
  }
  for (const touch of TOUCHES)
    page.addEventListener(touch, wait, { capture: true, passive: true, signal: listening.signal })
  function stop(): void {
    listening.abort()
    clearTimeout(timer)
    clearTimeout(latest)
  }
  function come(): void {
    stop()
    act()
  }
  return stop
}
