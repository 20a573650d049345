import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

/** Who is nearer to the end than this reads along. */
const NEAR_PX = 80

export interface StickToEnd {
  readonly box: RefObject<HTMLDivElement | null>
  readonly content: RefObject<HTMLDivElement | null>
  /** There is more below than what is seen. */
  readonly isAway: boolean
  readonly onScroll: () => void
  readonly toEnd: () => void
}

/**
 * Keeps a reader who is at the end of a growing list there, and leaves alone one who is not.
 * @param first what stands first in the list: when something comes before it, what is seen stays in its place
 * @param goal when it changes, the end is shown whoever reads where
 */
export function useStickToEnd(first: string | undefined, goal: unknown): StickToEnd {
  const box = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const isNear = useRef(true)
  const height = useRef(0)
  const [isAway, setAway] = useState(false)

  const toEnd = useCallback((): void => {
    isNear.current = true
    setAway(false)
    if (box.current) box.current.scrollTop = box.current.scrollHeight
  }, [])
  const onScroll = useCallback((): void => {
    if (!box.current) return
    const { scrollTop, scrollHeight, clientHeight } = box.current
    isNear.current = scrollHeight - scrollTop - clientHeight < NEAR_PX
    setAway(!isNear.current)
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the goal is a signal
  useLayoutEffect(toEnd, [goal, toEnd])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new first entry means the list has grown above
  useLayoutEffect(() => {
    const list = box.current
    if (list && !isNear.current) list.scrollTop += list.scrollHeight - height.current
  }, [first])

  useEffect(() => {
    const list = box.current
    const inner = content.current
    if (!list || !inner) return
    const grown = new ResizeObserver(() => {
      height.current = list.scrollHeight
      if (isNear.current) list.scrollTop = list.scrollHeight
    })
    grown.observe(inner)
    grown.observe(list)
    return () => grown.disconnect()
  }, [])

  return { box, content, isAway, onScroll, toEnd }
}
