const LATEST_MS = 3000

/** Calls back once the page has nothing better to do. @returns takes it back */
export function whenIdle(act: () => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const id = requestIdleCallback(act, { timeout: LATEST_MS })
    return () => cancelIdleCallback(id)
  }
  // Safari has no such thing.
  const timer = setTimeout(act, 1000)
  return () => clearTimeout(timer)
}
