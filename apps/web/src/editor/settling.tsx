import { createContext, type ReactNode, startTransition, useContext, useEffect, useState } from 'react'

/** The longest that what is not needed at once waits for the browser to have nothing else to do. */
const LONGEST_WAIT_MS = 1000

const SettledContext = createContext(true)

/** Whether the first picture has been shown, so that what can wait may come. */
export const useIsSettled = (): boolean => useContext(SettledContext)

/**
 * Lets what stands in `Settled` wait until the rest has been drawn and the browser has come to rest: a flow can be edited
 * sooner when its nodes come first.
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
  let idle: number | undefined
  // The first frame draws what is there now, the second comes when it has been shown.
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(() => {
      // Safari lacks it.
      if (typeof requestIdleCallback === 'undefined') then()
      else idle = requestIdleCallback(then, { timeout: LONGEST_WAIT_MS })
    })
  })
  return () => {
    cancelAnimationFrame(frame)
    if (idle !== undefined) cancelIdleCallback(idle)
  }
}
