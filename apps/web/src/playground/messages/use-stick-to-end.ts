import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

/** Who is nearer to the end than this reads along. */
const NEAR_PX = 80

export interface StickToEnd {
  readonly box: RefObject<HTMLDivElement | null>
  readonly content: RefObject<HTMLDivElement | null>
  /** There is more below than what is seen. */
  readonly isAway: boolean
  readonly onScroll: () => void
  /** Whoever turns the wheel upwards reads for themselves from there on. */
  readonly onWheel: (event: { readonly deltaY: number }) => void
  readonly toEnd: () => void
}

/** Where a reader left a list. */
export interface Place {
  /** Pixels above what is seen; undefined at its end. */
  top: number | undefined
  /** How high entries were, by their ids. */
  readonly heights: Map<string, number>
}

/**
 * Keeps a reader who is at the end of a growing list there, and leaves alone one who is not.
 * @param first what stands first in the list: when something comes before it, what is seen stays in its place
 * @param shown what list it is: another one is shown where its reader left it
 * @param isSent when it becomes true, the end is shown whoever reads where
 */
export function useStickToEnd(
  first: string | undefined,
  shown: { readonly key: string; readonly place: Place },
  isSent: boolean,
): StickToEnd {
  const box = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const { place } = shown
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
    // The list has changed under the reader and is not put right yet: nobody has scrolled.
    if (isNear.current && scrollHeight !== height.current) return
    isNear.current = scrollHeight - scrollTop - clientHeight < NEAR_PX
    place.top = isNear.current ? undefined : scrollTop
    setAway(!isNear.current)
  }, [place])
  const onWheel = useCallback(({ deltaY }: { readonly deltaY: number }): void => {
    if (deltaY < 0 && box.current && box.current.scrollTop > 0) isNear.current = false
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another list has another key
  useLayoutEffect(() => {
    if (place.top === undefined || !box.current) return toEnd()
    isNear.current = false
    height.current = box.current.scrollHeight
    box.current.scrollTop = place.top
    setAway(true)
  }, [shown.key, place, toEnd])
  useLayoutEffect(() => {
    if (isSent) toEnd()
  }, [isSent, toEnd])

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

  return { box, content, isAway, onScroll, onWheel, toEnd }
}
