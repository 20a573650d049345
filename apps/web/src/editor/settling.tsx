import { createContext, type ReactNode, startTransition, useContext, useEffect, useState } from 'react'
import { whenQuiet } from './when-quiet.ts'

/** The longest that what is not needed at once waits for the browser to have nothing else to do. */
const LONGEST_WAIT_MS = 1000
/** Whoever reaches for a node as soon as it is there does so undisturbed. */
const QUIET = { forMs: 100, atMostMs: LONGEST_WAIT_MS } as const

const SettledContext = createContext(true)

/** Whether the first picture has been shown, so that what can wait may come. */
export const useIsSettled = (): boolean => useContext(SettledContext)

/**
 * Lets what stands in `Settled` wait until the rest has been drawn, nobody is about to move it, and the browser has come
 * to rest: a flow can be edited sooner when its nodes come first.
 */
export function Settling({ children }: { readonly children: ReactNode }): ReactNode {
  const [isSettled, setSettled] = useState(false)
  useEffect(() => afterFirstPicture(() => startTransition(() => setSettled(true))), [])
  return <SettledContext value={isSettled}>{children}</SettledContext>
}

export interface SettledProps {
  /** As large as what comes, where it takes room. */
  readonly instead?: ReactNode
  readonly children: ReactNode
}

/** What comes after the first picture. */
export const Settled = ({ instead = null, children }: SettledProps): ReactNode => (useIsSettled() ? children : instead)

/** @returns forgets it */
function afterFirstPicture(then: () => void): () => void {
  let forget = (): void => cancelAnimationFrame(frame)
  const afterRest = (): void => {
    // Safari lacks it.
    const idle = globalThis.requestIdleCallback?.(then, { timeout: LONGEST_WAIT_MS })
    if (idle === undefined) then()
    else forget = () => cancelIdleCallback(idle)
  }
  // The first frame draws what is there now, the second comes when it has been shown.
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(() => {
      forget = whenQuiet(window, QUIET, afterRest)
    })
  })
  return () => forget()
}
