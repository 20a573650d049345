import { useStoreApi } from '@xyflow/react'
import { useEffect } from 'react'

/** How much of a node is shown: all, its fields as bars, or a card with its icon and its name. */
export type Detail = 'full' | 'bars' | 'card'

/** Below the one zoom a field cannot be read, below the other nothing but a large name. */
const [READ_FROM, FIELDS_FROM] = [0.5, 0.3]

/** What can be made out of a node at a zoom. */
export const detailAt = (zoom: number): Detail => (zoom >= READ_FROM ? 'full' : zoom >= FIELDS_FROM ? 'bars' : 'card')

/** Marks the canvas with what can be made out of nodes (styles.css): they stay as they are, and as large. */
export function useDetailMark(): void {
  const store = useStoreApi()
  useEffect(() => {
    let marked: Detail | undefined
    const mark = (): void => {
      const { transform, domNode } = store.getState()
      const detail = detailAt(transform[2])
      if (detail === marked || !domNode) return
      marked = detail
      domNode.dataset.detail = detail
    }
    mark()
    return store.subscribe(mark)
  }, [store])
}
