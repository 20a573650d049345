import { useEffect, useState } from 'react'
import { useEditorState, useWorkspace } from './editor-context.tsx'
import type { FlowDocument } from './model/flow-document.ts'
import { isSame } from './model/merge.ts'

type Make<Made> = (document: FlowDocument) => Made

/**
 * Remembers what was made of a flow: it is made once for each state of the flow, and stays the same object while it is
 * equal. Plain data, that is, unless `isEqual` knows more: of maps and sets nothing is compared.
 */
export function keeper<Made>(isEqual: (one: Made, other: Made) => boolean = isSame) {
  let last: { readonly document: FlowDocument; readonly make: Make<Made>; readonly made: Made } | undefined
  return (document: FlowDocument, make: Make<Made>): Made => {
    if (last?.document === document && last.make === make) return last.made
    const made = make(document)
    last = { document, make, made: last && isEqual(last.made, made) ? last.made : made }
    return last.made
  }
}

/** What follows from the flow. Its component is drawn anew when that is another, not whenever something is typed. */
export function useFromFlow<Made>(make: Make<Made>, isEqual?: (one: Made, other: Made) => boolean): Made {
  const [kept] = useState(() => keeper<Made>(isEqual))
  return useEditorState(({ document }) => kept(document, make))
}

/**
 * The same of what takes a while to find: looked for when what was typed has been painted.
 * @param make one function for all renders, which looks again when it is another
 */
export function useLateFromFlow<Made>(make: Make<Made>): Made {
  const { store } = useWorkspace().editor
  const [kept] = useState(() => keeper<Made>())
  const [made, setMade] = useState(() => kept(store.getState().document, make))
  useEffect(() => {
    let frame = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = (): void => {
      frame = 0
      setMade(() => kept(store.getState().document, make))
    }
    look()
    const stop = store.subscribe((state, before) => {
      if (state.document === before.document) return
      frame ||= requestAnimationFrame(() => {
        timer = setTimeout(look)
      })
    })
    return () => {
      stop()
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
  }, [store, kept, make])
  return made
}
