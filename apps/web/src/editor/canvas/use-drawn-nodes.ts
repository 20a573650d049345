import { useStoreApi } from '@xyflow/react'
import { useEffect, useState } from 'react'
import { useWorkspace } from '../editor-context.tsx'
import { edgesByNode } from '../model/connections.ts'
import type { FlowDocument } from '../model/flow-document.ts'
import { contains, type NodeSizes, overlaps, type Rect, rectOf, widened } from './node-sizes.ts'

/** Up to this many nodes, all are elements of the page. */
const FEW = 60
/** With more than this many in view, a large flow is a picture; only what is pointed at or selected is an element. */
const MOST_IN_VIEW = 40
/** Elements are made this far beyond the view, as a share of it, before they are seen. */
const AHEAD = 0.35
const MOST_SELECTED = 30
/** So many elements are made in one frame. */
const PER_FRAME = 3

const NONE: ReadonlySet<string> = new Set()

/**
 * Which nodes are elements of the page: undefined of a small flow, all are; of a large one those in and around the
 * view. Thousands of elements are what makes a browser slow, not thousands of nodes; the others are drawn by `Overview`.
 */
export function useDrawnNodes(document: FlowDocument, sizes: NodeSizes): ReadonlySet<string> | undefined {
  const store = useStoreApi()
  const { editor } = useWorkspace()
  const isLarge = document.nodes.length > FEW
  const [drawn, setDrawn] = useState<ReadonlySet<string>>(NONE)

  useEffect(() => {
    if (!isLarge) return
    let covered: Rect | undefined
    let hovered: string | undefined
    let frame = 0
    const { domNode } = store.getState()

    /** Comes nearer to what is wanted, a few elements a frame. */
    const approach = (wanted: ReadonlySet<string>): void => {
      cancelAnimationFrame(frame)
      const step = (): void => {
        setDrawn((now) => {
          const missing = [...wanted].filter((id) => !now.has(id))
          if (missing.length > PER_FRAME) {
            frame = requestAnimationFrame(step)
            return new Set([...now, ...missing.slice(0, PER_FRAME)])
          }
          return isSameSet(now, wanted) ? now : wanted
        })
      }
      step()
    }
    const update = (isForced: boolean): void => {
      const { transform, width, height } = store.getState()
      const [x, y, zoom] = transform
      const view = { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom }
      if (!isForced && covered && contains(covered, view)) return
      const inView = document.nodes.filter((node) => overlaps(rectOf(node, sizes), view))
      if (inView.length <= MOST_IN_VIEW) {
        covered = widened(view, AHEAD)
        approach(around(document, sizes, covered))
        return
      }
      covered = undefined
      const chosen = [...editor.store.getState().selection.nodes].slice(0, MOST_SELECTED)
      approach(withNeighbours(document, hovered === undefined ? chosen : [hovered, ...chosen]))
    }
    const onMove = (event: PointerEvent): void => {
      if (event.buttons !== 0 || covered || !domNode) return
      const [x, y, zoom] = store.getState().transform
      const box = domNode.getBoundingClientRect()
      const at = {
        x: (event.clientX - box.x - x) / zoom,
        y: (event.clientY - box.y - y) / zoom,
        width: 0.1,
        height: 0.1,
      }
      const found = document.nodes.findLast((node) => overlaps(rectOf(node, sizes), at))
      if (found?.id === hovered) return
      hovered = found?.id
      update(true)
    }
    update(true)
    const stopView = store.subscribe((state, before) => {
      if (state.transform !== before.transform || state.width !== before.width) update(false)
    })
    const stopSelection = editor.store.subscribe((state, before) => {
      if (state.selection !== before.selection) update(true)
    })
    domNode?.addEventListener('pointermove', onMove)
    return () => {
      cancelAnimationFrame(frame)
      stopView()
      stopSelection()
      domNode?.removeEventListener('pointermove', onMove)
    }
  }, [document, isLarge, sizes, store, editor])
  return isLarge ? drawn : undefined
}

/** The nodes in a part of the flow and those an edge leads to from there, so that such edges have both their ends. */
function around(document: FlowDocument, sizes: NodeSizes, part: Rect): ReadonlySet<string> {
  const inside = document.nodes.filter((node) => overlaps(rectOf(node, sizes), part)).map(({ id }) => id)
  return withNeighbours(document, inside)
}

function withNeighbours(document: FlowDocument, nodeIds: readonly string[]): ReadonlySet<string> {
  const edgesOf = edgesByNode(document.edges)
  const ends = (id: string): readonly string[] =>
    (edgesOf.get(id) ?? []).flatMap(({ source, target }) => [source, target])
  return new Set([...nodeIds, ...nodeIds.flatMap(ends)])
}

const isSameSet = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...b].every((id) => a.has(id))
