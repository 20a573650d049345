import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** A start is over by then, and who waited for it has had their first answers. */
const QUIET_AFTER_MS = 2000

/**
 * Gives back what a start has left behind, once, when nothing is being answered: V8 would keep it until there is more
 * work, and a server that nobody asks holds a fifth less without it.
 */
export function spareMemoryWhenQuiet(idle: () => Promise<void>): void {
  setTimeout(() => void idle().then(spareMemory), QUIET_AFTER_MS).unref()
}

/** Collects whatever can be collected and gives it back to the system. Stops the event loop for some 30 ms. */
export function spareMemory(): void {
  setFlagsFromString('--expose-gc')
  // Only a context that is made now has the function.
  const collect: unknown = runInNewContext('gc')
  setFlagsFromString('--no-expose-gc')
  if (typeof collect !== 'function') throw new Error('V8 shows no gc')
  // Of its kinds the one that also shrinks what is empty.
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
}
