/**
 * Resolves in the next turn of the event loop, for all who asked in this one together. What they do from there on, they
 * do side by side: each step once for every one of them, while its code is at hand for the processor.
 */
export function createSharedTurn(): () => Promise<void> {
  let next: Promise<void> | undefined
  return () => {
    next ??= new Promise((resolve) => {
      setImmediate(() => {
        next = undefined
        resolve()
      })
    })
    return next
  }
}
