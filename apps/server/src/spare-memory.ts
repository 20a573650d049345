import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Nobody notices a stop after as long a time without a request, in milliseconds. */
const QUIET_MS = 1000

/** Calls `work` once: after a while in which nothing has begun (the count is the same) or was open (there is one). */
export function onceQuiet(begunInAll: () => number | undefined, work: () => void): void {
  let before: number | undefined
  const timer = setInterval(() => {
    const begun = begunInAll()
    if (begun !== undefined && begun === before) {
      clearInterval(timer)
      work()
    }
    before = begun
  }, QUIET_MS)
  timer.unref()
}

/** How long the process has to rest, and the part of that time it may work nevertheless, as for a probe of its health. */
const REST_MS = 60_000
const REST_SHARE = 0.01

/** Calls `work` whenever the event loop has rested for a minute or two after it had something to do. */
export function wheneverAtRest(work: () => void, look = performance.eventLoopUtilization): void {
  let before = look()
  let hasWorked = false
  const timer = setInterval(() => {
    const isAtRest = look(before).utilization < REST_SHARE
    if (isAtRest && hasWorked) work()
    hasWorked = !isAtRest
    before = look()
  }, REST_MS)
  timer.unref()
}

/**
 * Collects whatever can be collected and gives it back to the system, as after a start: V8 would keep what that has left
 * behind until there is more work, a fifth of all the memory of an idle server. Stops the event loop for some 30 ms.
 */
export function spareMemory(): void {
  setFlagsFromString('--expose-gc')
  // Only a context that is made now has the function.
  const collect: unknown = runInNewContext('gc')
  setFlagsFromString('--no-expose-gc')
  if (typeof collect !== 'function') throw new Error('V8 shows no gc')
  // Of its kinds the one that also shrinks what is empty.
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
}
